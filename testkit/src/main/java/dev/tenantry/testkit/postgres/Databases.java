package dev.tenantry.testkit.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

import dev.tenantry.testkit.postgres.Postgres.Database;

/** Databases of a server that no other test uses. */
final class Databases {

    private Databases() {}

    /** Create one beside a database that there is, for the same user. */
    static Database create(Database beside) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(beside.jdbcUrl(), beside.user(), beside.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create a database", e);
        }
        // jdbc:postgresql://host:port/name?parameters
        String url = beside.jdbcUrl().replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
        return new Database(url, beside.user(), beside.password());
    }
}
