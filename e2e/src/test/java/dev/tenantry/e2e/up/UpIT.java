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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

@Timeout(600)
class UpIT {

    private static final Pattern READY = Pattern.compile("ready: http=(http://127\\.0\\.0\\.1:\\d+) kubeconfig=(/.+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;
    private Path data;
    private Path manifest;

    @BeforeEach
    void layOut() throws IOException {
        data = folder.resolve("data");
        manifest = Files.writeString(folder.resolve("settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: default}
                data: {colour: blue}
                """);
    }

    @Test
    void aSignalStopsEverythingAndALaterStartGoesOnWhereItWas() throws Exception {
        // Given
        try (UpProcess first = UpProcess.start(data, "--apply", manifest.toString())) {
            assertThat(first.ready()).matches(READY);
            try (KubernetesClient client = connect(first)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(colour(client)).isEqualTo("blue"));
            }

            // When
            first.signal("TERM");

            // Then
            assertThat(first.exitStatus(PATIENCE)).isZero();
            assertThat(first.descendants()).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }

        // When
        try (UpProcess second = UpProcess.start(data)) {
            second.ready();

            // Then
            try (KubernetesClient client = connect(second)) {
                assertThat(colour(client)).isEqualTo("blue");
            }
        }
    }

    @Test
    void theServicesAnswerAndTheFolderIsTheirsAlone() throws Exception {
        try (UpProcess up = UpProcess.start(data)) {
            Matcher ready = READY.matcher(up.ready());
            assertThat(ready.matches()).isTrue();
            assertThat(ready.group(2)).isEqualTo(up.kubeconfig().toString());
            assertThat(health(ready.group(1))).isEqualTo(200);

            // When
            try (UpProcess second = UpProcess.start(data)) {

                // Then
                assertThat(second.exitStatus(PATIENCE)).isEqualTo(1);
                assertThat(second.errors()).contains("already runs on " + data, "--data");
            }
        }
    }

    @Test
    void nothingOutlivesAKill() throws Exception {
        try (UpProcess up = UpProcess.start(data)) {
            up.ready();

            // When
            up.signal("KILL");

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(up.descendants()).isNotEmpty().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void theEndOfAProcessIsToldAndStopsTheRest() throws Exception {
        try (UpProcess up = UpProcess.start(data)) {
            up.ready();

            // When
            up.child("quarkus-run.jar").destroyForcibly();

            // Then
            assertThat(up.exitStatus(PATIENCE)).isEqualTo(1);
            assertThat(up.errors()).contains("standalone ended unexpectedly",
                    data.resolve("logs/standalone.log").toString());
            // Killed, the service could not wait for its Postgres, which ends by itself.
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(up.descendants()).noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void eachServiceCanBeAProcessOfItsOwn() throws Exception {
        try (UpProcess up = UpProcess.start(data, "--services")) {

            // When
            Matcher ready = READY.matcher(up.ready());

            // Then
            assertThat(ready.matches()).isTrue();
            assertThat(health(ready.group(1))).isEqualTo(200);
            assertThat(up.child("services/git-watcher")).isNotEqualTo(up.child("services/reconciler"));
        }
    }

    private static int health(String service) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(service + "/q/health/ready")).build(),
                    BodyHandlers.discarding()).statusCode();
        }
    }

    private static String colour(KubernetesClient client) {
        return client.configMaps().inNamespace("default").withName("settings").get().getData().get("colour");
    }

    private static KubernetesClient connect(UpProcess up) {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(up.kubeconfig().toFile())).build();
    }
}
