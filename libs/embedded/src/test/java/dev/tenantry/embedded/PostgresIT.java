package dev.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {

    @TempDir
    Path folder;

    @Test
    void rowsSurviveThatTheServerGoesAndComesBack() throws Exception {
        // Given
        try (Postgres postgres = start()) {
            execute(postgres, "CREATE TABLE things AS SELECT 1 AS thing");

            // When
            postgres.stop();
            postgres.start();

            // Then
            assertThat(ask(postgres, "SELECT count(*) FROM things")).isEqualTo("1");
        }
    }

    @Test
    void rowsSurviveInTheFolderOfALaterServer() throws Exception {
        // Given
        try (Postgres postgres = start()) {
            execute(postgres, "CREATE TABLE things AS SELECT 1 AS thing");
        }

        // When
        try (Postgres later = start()) {

            // Then
            assertThat(ask(later, "SELECT count(*) FROM things")).isEqualTo("1");
        }
    }

    @Test
    void isDurableAndClosedToOtherUsersOfTheMachine() throws Exception {
        // When
        try (Postgres postgres = start()) {

            // Then
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(binaries()))).isEqualTo("rwx------");
        }
    }

    @Test
    void endsWhenItsParentIsKilledAndStartsAgainOnTheSameFolder() throws Exception {
        // Given
        Process parent = startInProcessOfItsOwn();
        ProcessHandle server = OrphanedServer.pid(folder.resolve("data/cluster")).orElseThrow();

        // When
        parent.destroyForcibly().waitFor();

        // Then
        server.onExit().get(10, TimeUnit.SECONDS);
        try (Postgres next = start()) {
            assertThat(ask(next, "SELECT count(*) FROM things")).isEqualTo("1");
        }
    }

    @Test
    void stopsAnOrphanThatStillHoldsTheFolder() throws Exception {
        // Given
        Process parent = startInProcessOfItsOwn();
        ProcessHandle orphan = OrphanedServer.pid(folder.resolve("data/cluster")).orElseThrow();
        parent.children()
                .filter(child -> child.info().command().orElse("").endsWith("sh"))
                .forEach(ProcessHandle::destroyForcibly);
        parent.destroyForcibly().waitFor();

        // When
        try (Postgres next = start()) {

            // Then
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(ask(next, "SELECT count(*) FROM things")).isEqualTo("1");
        }
    }

    private Process startInProcessOfItsOwn() throws Exception {
        Process parent = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Parent.class.getName(), folder.toString(), binaries().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(parent.inputReader().readLine()).isEqualTo("ready");
        return parent;
    }

    /** The process that is killed. */
    static final class Parent {

        public static void main(String[] folders) throws Exception {
            Postgres postgres = Postgres.start(Path.of(folders[0], "data"), Path.of(folders[1]), 0);
            execute(postgres, "CREATE TABLE things AS SELECT 1 AS thing");
            System.out.println("ready");
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }
    }

    private Postgres start() {
        return Postgres.start(folder.resolve("data"), binaries(), 0);
    }

    /** Unpack the programs once for all tests. */
    private static Path binaries() {
        return Path.of("target", "postgres-binaries").toAbsolutePath();
    }

    private static void execute(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Postgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
