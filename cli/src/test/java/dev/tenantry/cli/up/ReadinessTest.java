package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;

class ReadinessTest {

    // Nothing listens on the port of discard.
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    @Test
    void theLogOfAServiceThatHangsTellsWhatItsThreadsDo(@TempDir Path logs) throws Exception {
        // Given
        try (Children children = new Children(logs)) {
            Child hanging = children.start(new ChildCommand("hanging", List.of(ServiceProcess.java(),
                    "-cp", System.getProperty("java.class.path"), Hanging.class.getName()), Map.of(),
                    Duration.ofSeconds(5)));
            hanging.awaitLine("started", Duration.ofSeconds(30));

            // When
            assertThatThrownBy(() -> new Readiness(NOBODY, Duration.ofSeconds(3)).await(hanging))

                    // Then
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContainingAll(NOBODY.toString(), "ConnectException", hanging.log().toString());
            assertThat(hanging.log()).content().contains("Full thread dump", Hanging.class.getName() + ".main");
            assertThat(hanging.isAlive()).isTrue();
        }
    }

    static final class Hanging {

        public static void main(String... arguments) throws InterruptedException {
            System.out.println("started");
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
