package dev.tenantry.testkit.postgres;

/**
 * A Postgres server.
 *
 * <p>Tests share one and keep apart by {@linkplain #newDatabase databases}; a test of outages starts its own.
 */
public interface Postgres extends AutoCloseable {

    /**
     * A database and who may use it.
     *
     * @param jdbcUrl its URL
     * @param user the user
     * @param password the password
     */
    record Database(String jdbcUrl, String user, String password) {

        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /** Return the server of this test run, started at the first call and stopped when the JVM ends. */
    static Postgres shared() {
        return SharedPostgres.get();
    }

    /**
     * Start a server of its own: a child process on a temporary folder, which {@link #close} removes; or a container,
     * where {@code TENANTRY_TEST_POSTGRES} is {@code container} and the module has
     * {@code org.testcontainers:testcontainers-postgresql} among its test dependencies.
     */
    static Postgres start() {
        return "container".equals(System.getenv("TENANTRY_TEST_POSTGRES"))
                ? ContainerPostgres.launch()
                : EmbeddedPostgres.launch();
    }

    /** Create an empty database that no other test uses. */
    Database newDatabase();

    /** Begin an outage: connections end, data stays. */
    void stop();

    /** End an outage, and wait until the server answers. */
    void restart();

    @Override
    void close();
}
