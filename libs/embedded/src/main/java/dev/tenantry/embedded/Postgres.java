package dev.tenantry.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A Postgres server as a child process.
 *
 * <p>Listens on loopback only, with a password that is made at the first start and kept in the data folder, readable by
 * its owner alone: any user of the machine can reach a loopback port, and Postgres' superuser can run commands. Ends
 * when this process ends, also by SIGKILL. Its data stays in its folder, so that a later server on the folder goes on.
 */
public final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String HOST_RULE = "host all all %s %s%n";

    // The builder's own defaults are a test's: no fsync, many connections.
    private static final Map<String, String> SETTINGS = Map.of("fsync", "on", "full_page_writes", "on",
            "synchronous_commit", "on", "max_connections", "60", "shared_buffers", "32MB", "max_wal_size", "256MB",
            "jit",
            "off", "listen_addresses", "127.0.0.1", "unix_socket_directories", "");

    private final Path data;
    private final Path binaries;
    private final int port;
    private final Path cluster;
    private final Path passwordFile;
    private @Nullable EmbeddedPostgres server;
    private @Nullable ParentWatch watch;

    private Postgres(Path data, Path binaries, int port) {
        this.data = data;
        this.binaries = binaries;
        this.port = port;
        this.cluster = data.resolve("cluster");
        this.passwordFile = data.resolve("password");
    }

    /**
     * Start a server and wait until it answers.
     *
     * @param data its folder, created if missing
     * @param binaries where the server's programs are unpacked, once for all servers of one user
     * @param port its port, or 0 for a free one
     * @throws IllegalStateException if it does not start, with the reason
     */
    public static Postgres start(Path data, Path binaries, int port) {
        var postgres = new Postgres(data.toAbsolutePath(), binaries.toAbsolutePath(),
                port == 0 ? FreePort.onLoopback() : port);
        postgres.start();
        return postgres;
    }

    /** Return the URL of the default database, without credentials; the same after a stop and a start. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + USER;
    }

    /** Return the user for {@link #jdbcUrl}. */
    public String user() {
        return USER;
    }

    /** Return the password for {@link #jdbcUrl}. */
    public String password() {
        try {
            return Files.readString(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Start again, on the same port and data; no effect if it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            // The builder makes its own folders writable for everyone.
            Folders.createPrivate(data);
            Folders.createPrivate(binaries);
            OrphanedServer.stop(cluster);
            if (!Files.exists(passwordFile)) {
                create();
            }
            launch(password());
        } catch (IOException | SQLException e) {
            stop();
            throw new IllegalStateException("The embedded Postgres did not start on " + data, e);
        }
    }

    /** Stop, ending open connections; clients see a server that went away. */
    public synchronized void stop() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded Postgres did not stop", e);
            } finally {
                server = null;
            }
        }
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Make the cluster and its password. Until the password file exists, none of it counts. */
    private void create() throws IOException, SQLException {
        Folders.delete(cluster);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        launch("");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
            Files.writeString(cluster.resolve("pg_hba.conf"),
                    HOST_RULE.formatted("127.0.0.1/32", "scram-sha-256")
                            + HOST_RULE.formatted("::1/128", "scram-sha-256"));
        }
        stop();
        // Readable by its owner alone, as every temporary file.
        Path secret = Files.createTempFile(data, "password", "");
        Files.writeString(secret, password);
        Files.move(secret, passwordFile);
    }

    private void launch(String password) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(cluster)
                .setOverrideWorkingDirectory(binaries.resolve("postgres").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setConnectConfig("password", password);
        SETTINGS.forEach(builder::setServerConfig);
        server = builder.start();
        watch = ParentWatch.over(OrphanedServer.pid(cluster).orElseThrow());
    }
}
