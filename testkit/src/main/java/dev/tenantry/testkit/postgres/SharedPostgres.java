package dev.tenantry.testkit.postgres;

import org.jspecify.annotations.Nullable;

/** The server that all tests of a JVM share: no one may stop it. */
final class SharedPostgres implements Postgres {

    private static @Nullable SharedPostgres instance;

    private final Postgres server;

    private SharedPostgres(Postgres server) {
        this.server = server;
    }

    static synchronized Postgres get() {
        if (instance == null) {
            Postgres started = Postgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-postgres"));
            instance = new SharedPostgres(started);
        }
        return instance;
    }

    @Override
    public Database newDatabase() {
        return server.newDatabase();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("other tests use this server: take Postgres.start() for an outage");
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("other tests use this server: take Postgres.start() for an outage");
    }

    /** Leave it running: it stops when the JVM ends. */
    @Override
    public void close() {
        // Stays for the other tests.
    }
}
