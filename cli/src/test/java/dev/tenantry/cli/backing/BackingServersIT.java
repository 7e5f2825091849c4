package dev.tenantry.cli.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.events.Topic;
import dev.tenantry.events.Topics;

class BackingServersIT {

    @TempDir
    private Path folder;

    @Test
    void theServersAnswerWithTheirTopicsAndEndWhenStopped() throws Exception {
        // Given
        Addresses addresses;
        try (Children children = new Children(folder.resolve("logs"))) {

            // When
            children.start(new ChildCommand("backing", List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), BackingServers.class.getName(), folder.toString()),
                    Map.of(), Duration.ofSeconds(30))).awaitLine(BackingServers.READY, Duration.ofMinutes(1));
            addresses = Addresses.read(folder);

            // Then
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses.kafka()))) {
                assertThat(admin.listTopics().names().get())
                        .containsAll(Topics.all().stream().map(Topic::name).toList());
            }
            try (var connection = DriverManager.getConnection(addresses.postgres(), addresses.user(),
                    addresses.password())) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(Files.getPosixFilePermissions(folder.resolve("addresses.properties")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(addresses.toString()).doesNotContain(addresses.password());
        }
        await().untilAsserted(() -> assertThat(answers(addresses.kafka())).isFalse());
    }

    private static boolean answers(String address) {
        String[] parts = address.split(":");
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
