package dev.tenantry.e2e.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.testkit.kubeseal.Kubeseal;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Two lives of {@code up} on one data folder, and one with services of their own, to the end of each. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {

    private static final Pattern READY = Pattern.compile("ready: http=(http://127\\.0\\.0\\.1:\\d+) kubeconfig=(/.+)");
    private static final String JAR = "/target/quarkus-app/quarkus-run.jar";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path life;
    private static Path data;
    private static UpProcess up;
    private static String http;

    @BeforeAll
    static void start() throws IOException {
        data = life.resolve("data");
        Path manifest = Files.writeString(life.resolve("settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: default}
                data: {colour: blue}
                """);
        up = UpProcess.start(data, "--apply", manifest.toString());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        up.close();
    }

    @Test
    @Order(1)
    void theReadyLineTellsWhereAllIs() throws Exception {
        // When
        Matcher ready = READY.matcher(up.ready());

        // Then
        assertThat(ready.matches()).isTrue();
        assertThat(ready.group(2)).isEqualTo(up.kubeconfig().toString());
        http = ready.group(1);
        assertThat(health(http)).isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(colour()).isEqualTo("blue"));
    }

    @Test
    @Order(2)
    void kubesealSealsByItsCertificateAndTheSecretIsThere() throws Exception {
        // Given
        String certificate = http + "/v1/cert.pem";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(certificate)).isEqualTo(200));

        // When
        String sealed = Kubeseal.find().run("""
                apiVersion: v1
                kind: Secret
                metadata: {name: database, namespace: default}
                stringData: {password: wonderland}
                """, "--cert", certificate, "--format", "yaml").orFail();
        try (KubernetesClient client = cluster()) {
            client.resource(sealed).serverSideApply();

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                            client.secrets().inNamespace("default").withName("database").get())
                            .isNotNull()
                            .extracting(Secret::getData)
                            .isEqualTo(Map.of("password", "d29uZGVybGFuZA==")));
        }
    }

    @Test
    @Order(3)
    void aSecondOneOnTheSameFolderIsRefused() throws Exception {
        // When
        try (UpProcess second = UpProcess.start(data)) {

            // Then
            assertThat(second.exitStatus(PATIENCE)).isEqualTo(1);
            assertThat(second.errors()).contains("already runs on " + data, "--data");
        }
    }

    @Test
    @Order(4)
    void aSignalStopsEverything() throws Exception {
        // When
        up.signal("TERM");

        // Then
        assertThat(up.exitStatus(PATIENCE)).isZero();
        assertThat(up.descendants()).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(5)
    void aLaterStartGoesOnWhereItWas() throws Exception {
        // When
        up = UpProcess.start(data);
        up.ready();

        // Then
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    @Order(6)
    void nothingOutlivesAKill() throws Exception {
        // When
        up.signal("KILL");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(up.descendants()).isNotEmpty().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void eachServiceCanBeAProcessOfItsOwnAndTheEndOfOneIsToldAndStopsTheRest(@TempDir Path folder) throws Exception {
        // Given
        Path other = folder.resolve("data");
        try (UpProcess services = UpProcess.start(other, "--services")) {

            // When
            Matcher ready = READY.matcher(services.ready());

            // Then
            assertThat(ready.matches()).isTrue();
            assertThat(health(ready.group(1))).isEqualTo(200);
            assertThat(Stream.of("git-watcher", "reconciler", "secrets-service")
                    .map(name -> services.child(name + JAR))).doesNotHaveDuplicates();

            // When
            services.child("reconciler" + JAR).destroyForcibly();

            // Then
            assertThat(services.exitStatus(PATIENCE)).isEqualTo(1);
            assertThat(services.errors()).contains("reconciler ended unexpectedly",
                    other.resolve("logs/reconciler.log").toString());
            // Killed, a service cannot stop what it started, which ends by itself.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(services.descendants()).isNotEmpty()
                            .noneMatch(ProcessHandle::isAlive));
        }
    }

    private static int health(String service) throws IOException, InterruptedException {
        return status(service + "/q/health/ready");
    }

    private static int status(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static KubernetesClient cluster() {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(up.kubeconfig().toFile())).build();
    }

    private static String colour() {
        try (KubernetesClient client = cluster()) {
            return client.configMaps().inNamespace("default").withName("settings").get().getData().get("colour");
        }
    }
}
