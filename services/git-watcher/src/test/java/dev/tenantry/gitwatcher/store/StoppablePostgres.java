package dev.tenantry.gitwatcher.store;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.tenantry.testkit.TemporaryFolder;
import dev.tenantry.testkit.postgres.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Postgres for one application, away when that starts; the application has nothing else. */
public class StoppablePostgres implements QuarkusTestResourceLifecycleManager {

    private static @Nullable Postgres postgres;

    private final TemporaryFolder data = TemporaryFolder.create("git-watcher");

    @Override
    public Map<String, String> start() {
        Postgres started = Postgres.start();
        postgres = started;
        Postgres.Database database = started.newDatabase();
        started.stop();
        // Port 1 is nobody's.
        return Map.of(
                "git-watcher.enabled", "false",
                "git-watcher.data-directory", data.path().toString(),
                "git-watcher.access.required", "false",
                "kafka.bootstrap.servers", "localhost:1",
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.test-port", "0",
                "quarkus.datasource.\"git-watcher\".jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.\"git-watcher\".username", database.user(),
                "quarkus.datasource.\"git-watcher\".password", database.password());
    }

    @Override
    public void stop() {
        postgres().close();
        data.close();
    }

    static Postgres postgres() {
        return Objects.requireNonNull(postgres);
    }
}
