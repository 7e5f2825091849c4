package dev.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.embedded.Broker;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Several lives on one data folder, and how each of them ends. */
@TestMethodOrder(OrderAnnotation.class)
class StandaloneIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path data;

    @BeforeAll
    static void installDefinitions() {
        KubernetesClient client = ControlPlane.shared().client();
        Definitions.all().forEach(definition -> client.resource(definition.json().toString()).serverSideApply());
        // Where the sealing keys are kept.
        client.resource(new NamespaceBuilder().withNewMetadata().withName("tenantry-system").endMetadata().build())
                .serverSideApply();
    }

    @Test
    @Order(1)
    void allServicesRunInOneProcessAloneOnItsFolderAndStopInOrder() throws Exception {
        try (var standalone = StandaloneProcess.start(data).awaitReady()) {
            // Given
            awaitAllWork(standalone);
            assertThat(standalone.get("/git-watcher/sources").statusCode()).isEqualTo(401);
            assertThat(standalone.get("/reconciler/targets").statusCode()).isEqualTo(401);
            assertThat(standalone.get("/secrets-service/keys").statusCode()).isEqualTo(401);
            assertThat(standalone.get("/q/openapi").body()).contains("title: Tenantry\n", "/git-watcher/sources:",
                    "/reconciler/targets:", "/secrets-service/keys:");
            List<ProcessHandle> children = standalone.children();

            // When
            try (var second = StandaloneProcess.start(data)) {
                int exit = second.awaitEnd();

                // Then
                assertThat(exit).isEqualTo(1);
                assertThat(second.log()).contains("Another Tenantry runs on " + data);
            }
            assertThat(standalone.get("/q/health/ready").statusCode()).isEqualTo(200);

            // When
            standalone.terminate();
            standalone.awaitEnd();

            // Then
            assertThat(standalone.log()).contains("standalone stopped in").doesNotContain("did not stop in time");
            assertThat(children).isNotEmpty().allSatisfy(child -> child.onExit().get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    @Order(2)
    void givesACertificateAndOpensWhatIsSealedWithIt() throws Exception {
        KubernetesClient client = ControlPlane.shared().client();
        try (var standalone = StandaloneProcess.start(data).awaitReady()) {
            // Given
            assertThat(standalone.get("/healthz").body()).isEqualTo("ok\n");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(standalone.get("/v1/cert.pem").statusCode()).isEqualTo(200));
            X509Certificate certificate = Pem
                    .certificate(standalone.get("/v1/cert.pem").body().getBytes(StandardCharsets.UTF_8));
            ObjectNode plain = Manifest.skeleton("v1", "Secret", new NamespacedName("default", "db"));
            plain.putObject("stringData").put("password", "wonderland");

            // When
            Manifest sealed = new Sealer((RSAPublicKey) certificate.getPublicKey())
                    .seal(Manifest.of(plain), Scope.STRICT);
            client.resource(sealed.toJson()).serverSideApply();

            // Then
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(client.secrets().inNamespace("default").withName("db").get())
                            .isNotNull()
                            .extracting(Secret::getData)
                            .isEqualTo(Map.of("password", "d29uZGVybGFuZA==")));
        }
    }

    @Test
    @Order(3)
    void goesOnWhereItWasAfterAKillAndEndsWithItsParent() throws Exception {
        // Given
        try (var killed = StandaloneProcess.start(data).awaitReady()) {
            killed.kill();
        }
        Process parent = new ProcessBuilder("sleep", "600").start();

        // When
        try (var next = StandaloneProcess.start(data, "-Dtenantry.parent=" + parent.pid()).awaitReady()) {

            // Then
            awaitAllWork(next);

            // When
            parent.destroyForcibly();

            // Then
            assertThat(next.awaitEnd()).isZero();
        }
    }

    @Test
    void endsIfItCannotStartThoughItsBrokerRuns(@TempDir Path other) throws Exception {
        // Given
        try (var broker = Broker.start(other.resolve("kafka"), 0);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("targets", 3, (short) 1))).all().get();
        }

        // When
        try (var standalone = StandaloneProcess.start(other)) {
            int exit = standalone.awaitEnd();

            // Then
            assertThat(exit).isEqualTo(1);
            assertThat(standalone.log()).contains("targets has 3 partitions");
        }
    }

    private static void awaitAllWork(StandaloneProcess standalone) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(standalone.get("/q/health").body())
                        .containsPattern("(?s)(has 64 of 64 partitions.*){3}")
                        .doesNotContain("not kept"));
    }
}
