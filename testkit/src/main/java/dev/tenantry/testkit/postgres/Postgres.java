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

    /** Start a server of its own in a temporary folder, which {@link #close} removes. */
    static Postgres start() {
        return EmbeddedPostgres.launch();
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
