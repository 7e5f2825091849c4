package dev.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;

class StandaloneIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NO_POSTGRES = "-Dquarkus.datasource.\"git-watcher\".jdbc.url=jdbc:postgresql://127.0.0.1:1/none";

    @TempDir
    Path data;

    @BeforeAll
    static void installDefinitions() {
        KubernetesClient client = ControlPlane.shared().client();
        Definitions.all().forEach(definition -> client.resource(definition.json().toString()).serverSideApply());
    }

    @Test
    void allServicesRunInOneProcessAndStopInOrder() throws Exception {
        try (var standalone = StandaloneProcess.start(data).awaitReady()) {
            // Given
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(standalone.get("/q/health").body())
                            .contains("has 64 of 64 partitions")
                            .doesNotContain("not kept"));
            assertThat(standalone.get("/git-watcher/sources").statusCode()).isEqualTo(401);
            assertThat(standalone.get("/reconciler/targets").statusCode()).isEqualTo(401);
            List<ProcessHandle> children = standalone.children();

            // When
            standalone.terminate();
            standalone.awaitEnd();

            // Then
            assertThat(standalone.log()).contains("standalone stopped in").doesNotContain("did not stop in time");
            assertThat(children).isNotEmpty().allSatisfy(child -> child.onExit().get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void goesOnWhereItWasAfterAKill() throws Exception {
        // Given
        try (var first = StandaloneProcess.start(data).awaitReady()) {
            first.kill();
        }

        // When
        try (var second = StandaloneProcess.start(data).awaitReady()) {

            // Then
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(second.get("/q/health").body())
                            .contains("has 64 of 64 partitions")
                            .doesNotContain("not kept"));
        }
    }

    @Test
    void refusesAFolderThatAnotherHas() throws Exception {
        try (var first = StandaloneProcess.start(data, NO_POSTGRES).awaitReady();
                // When
                var second = StandaloneProcess.start(data, NO_POSTGRES)) {
            int exit = second.awaitEnd();

            // Then
            assertThat(exit).isEqualTo(1);
            assertThat(second.log()).contains("Another Tenantry runs on " + data);
            assertThat(first.get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(first.get("/q/health").body()).as("health without Postgres").contains("not kept");
        }
    }

    @Test
    void endsWithItsParent() throws Exception {
        // Given
        Process parent = new ProcessBuilder("sleep", "600").start();
        try (var standalone = StandaloneProcess.start(data, NO_POSTGRES, "-Dtenantry.parent=" + parent.pid())
                .awaitReady()) {

            // When
            parent.destroyForcibly();

            // Then
            assertThat(standalone.awaitEnd()).isZero();
        }
    }
}
