package dev.tenantry.cli.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.key.KeyPair;

class KeySecretsTest {

    private static final String QUOTED = "what-admission-quotes-of-a-private-key";

    private final KeyPair pair = TestKeyFiles.pair();
    private final Manifest secret = KeySecretSamples.of("newest", pair);

    @TempDir
    private Path temp;
    private HttpServer server;
    private Path kubeconfig;

    @BeforeEach
    void aServerThatRefusesEverything() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] status = """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 403, "reason": "Forbidden",
                 "message": "%s"}""".formatted(QUOTED).getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(403, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        server.start();
        kubeconfig = Files.writeString(temp.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                  - {name: test, context: {cluster: test, user: test}}
                clusters:
                  - {name: test, cluster: {server: "http://localhost:%d"}}
                users:
                  - {name: test, user: {token: none}}
                """.formatted(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void ofARefusedKeyOnlyCodeAndReasonAreTold() throws IOException {
        try (KeySecrets secrets = KeySecrets.connect(kubeconfig)) {
            assertThatIOException().isThrownBy(() -> secrets.create(secret))
                    .withMessageContaining("Could not create Secret tenantry-system/newest")
                    .withMessageContaining("403 Forbidden")
                    .satisfies(KeySecretsTest::quotesNothing);
            assertThatIOException().isThrownBy(() -> secrets.noteExport(new KeySecret(secret), pair.fingerprint()))
                    .withMessageContaining("403 Forbidden")
                    .satisfies(KeySecretsTest::quotesNothing);
        }
    }

    @Test
    void whyKeysCannotBeReadIsToldInTheServersWords() throws IOException {
        try (KeySecrets secrets = KeySecrets.connect(kubeconfig)) {
            assertThatIOException().isThrownBy(() -> secrets.list("tenantry-system")).withMessageContaining(QUOTED);
        }
    }

    private static void quotesNothing(Throwable failure) {
        assertThat(failure.getMessage()).doesNotContain(QUOTED);
        assertThat(failure.getCause()).isNull();
    }
}
