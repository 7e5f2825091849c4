package dev.tenantry.testkit.postgres;

import java.nio.file.Path;
import java.util.Optional;

import dev.tenantry.testkit.TemporaryFolder;

/** A server as a child process of the test's JVM. */
final class EmbeddedPostgres implements Postgres {

    private final TemporaryFolder data;
    private final dev.tenantry.embedded.Postgres server;

    private EmbeddedPostgres(TemporaryFolder data, dev.tenantry.embedded.Postgres server) {
        this.data = data;
        this.server = server;
    }

    static Postgres launch() {
        TemporaryFolder data = TemporaryFolder.create("postgres");
        return new EmbeddedPostgres(data, dev.tenantry.embedded.Postgres.start(data.path(), binaries(), 0));
    }

    @Override
    public Database newDatabase() {
        return Databases.create(new Database(server.jdbcUrl(), server.user(), server.password()));
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void restart() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
        data.close();
    }

    /** Unpack the programs once for all test runs, where Tenantry's other caches are. */
    private static Path binaries() {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return Optional.ofNullable(System.getenv("TENANTRY_CACHE"))
                .map(Path::of)
                .orElseGet(() -> cache.resolve("tenantry"))
                .resolve("postgres");
    }
}
