package dev.tenantry.gitwatcher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.postgres.Postgres;

class MigrationIT {

    private final Postgres.Database database = Postgres.shared().newDatabase();
    private final Flyway flyway = Flyway.configure()
            .dataSource(database.jdbcUrl(), database.user(), database.password())
            .schemas("git_watcher")
            .locations("db/git-watcher")
            .load();

    @Test
    void aMigrationThatAKillKeptFromBeingNotedIsNotedAtTheNextStart() throws SQLException {
        // Given
        flyway.migrate();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(),
                database.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from git_watcher.flyway_schema_history where version is not null");
        }

        // When
        var result = flyway.migrate();

        // Then
        assertThat(result.success).isTrue();
        assertThat(result.migrationsExecuted).isEqualTo(1);
    }
}
