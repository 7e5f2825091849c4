package dev.tenantry.bench.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.Config;

class DelayProxyTest {

    private static final Duration DELAY = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    @Test
    void answersComeWholeAndNotBeforeTheDelay() throws Exception {
        // Given
        byte[] answer = "answer ".repeat(20_000).getBytes(UTF_8);
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                var proxy = DelayProxy.before((InetSocketAddress) server.getLocalSocketAddress(), DELAY);
                var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            Thread.ofVirtual().start(() -> serve(server, answer));

            // When
            long begin = System.nanoTime();
            client.getOutputStream().write('?');
            byte[] received = client.getInputStream().readAllBytes();

            // Then
            assertThat(received).isEqualTo(answer);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(DELAY);
        }
    }

    private static void serve(ServerSocket server, byte[] answer) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKubeconfigOfThisMachineLeadsToTheProxy() throws Exception {
        // Given
        Path original = kubeconfig("https://127.0.0.1:6443");

        // When
        try (var proxy = DelayProxy.before(original, DELAY)) {
            Path delayed = proxy.kubeconfig(original, folder.resolve("services"));

            // Then
            var config = Config.fromKubeconfig(delayed.toFile());
            assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:" + proxy.port() + "/");
            assertThat(delayed).content().contains("secret");
        }
    }

    @Test
    void anApiServerElsewhereIsRefused() throws Exception {
        // Given
        Path original = kubeconfig("https://192.0.2.1:6443");

        // Then
        assertThatThrownBy(() -> DelayProxy.before(original, DELAY)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("https://192.0.2.1:6443");
    }

    private Path kubeconfig(String server) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: admin
                current-context: local
                users:
                - name: admin
                  user:
                    token: secret
                """.formatted(server));
    }
}
