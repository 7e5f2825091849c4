package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;

class DeployIT {

    private static final String SYSTEM = "tenantry-system";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static ControlPlane cluster;
    private static ObjectApi api;

    @BeforeAll
    static void start() {
        cluster = ControlPlane.start();
        api = ObjectApi.of(cluster.client());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"overlays/standalone, standalone, 1", "overlays/services, git-watcher, 2",
            "overlays/services, reconciler, 2"})
    void podsOfEachOverlayAreAdmittedUnderTheRestrictedPolicyAndGetTheirVolumes(String path, String name, int pods)
            throws Exception {
        // Given
        provideVolumes(pods);

        // When
        Overlay.of(path).apply(api);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(pods(name)).hasSize(pods).allMatch(Readiness::isPodReady));
        assertThat(cluster.client().namespaces().withName(SYSTEM).get().getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/standalone", "overlays/services"})
    void containersCannotWriteToTheirImageAndHaveLimitsAndProbes(String path) throws Exception {
        // When
        Overlay overlay = Overlay.of(path);

        // Then
        assertThat(overlay.workloads()).isNotEmpty().allSatisfy(workload -> {
            JsonNode container = workload.at("spec", "template", "spec", "containers").path(0);
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(container.at("/resources/requests").has("cpu")).isTrue();
            assertThat(container.at("/resources/requests").has("memory")).isTrue();
            assertThat(container.at("/resources/limits").has("memory")).isTrue();
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/standalone", "overlays/services"})
    void imagesAreNobodysUntilTheOverlayNamesThem(String path) throws Exception {
        assertThat(Overlay.of(path).workloads()).isNotEmpty().allSatisfy(workload -> {
            JsonNode container = workload.at("spec", "template", "spec", "containers").path(0);
            // RFC 6761 keeps this domain from ever leading anywhere.
            assertThat(container.path("image").asText())
                    .startsWith("registry.invalid/tenantry/" + workload.name() + ":");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/standalone", "overlays/services"})
    void eachWorkloadHasANetworkPolicyAndAnAccountOfItsOwnName(String path) throws Exception {
        // When
        Overlay overlay = Overlay.of(path);

        // Then
        assertThat(overlay.workloads()).isNotEmpty().allSatisfy(workload -> {
            assertThat(overlay.ofKind("NetworkPolicy")).extracting(Manifest::name).contains(workload.name());
            assertThat(overlay.ofKind("ServiceAccount")).extracting(Manifest::name).contains(workload.name());
            assertThat(workload.at("spec", "template", "spec", "serviceAccountName").asText())
                    .isEqualTo(workload.name());
        });
        assertThat(overlay.ofKind("NetworkPolicy")).filteredOn(policy -> policy.name().equals("deny-all"))
                .singleElement()
                .satisfies(policy -> assertThat(policy.at("spec", "podSelector")).isEmpty());
    }

    @Test
    void replicasAreSpreadOverNodesAndLeaveThemOneAtATime() throws Exception {
        // When
        Overlay overlay = Overlay.of("overlays/services");

        // Then
        assertThat(overlay.ofKind("PodDisruptionBudget")).hasSize(2);
        assertThat(overlay.workloads()).hasSize(2).allSatisfy(workload -> {
            JsonNode selector = workload.at("spec", "selector");
            JsonNode spread = workload.at("spec", "template", "spec", "topologySpreadConstraints").path(0);
            assertThat(spread.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
            assertThat(spread.path("whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway");
            assertThat(spread.path("labelSelector")).isEqualTo(selector);
            assertThat(overlay.ofKind("PodDisruptionBudget"))
                    .filteredOn(budget -> budget.name().equals(workload.name()))
                    .singleElement()
                    .satisfies(budget -> {
                        assertThat(budget.at("spec", "maxUnavailable").asInt()).isEqualTo(1);
                        assertThat(budget.at("spec", "selector")).isEqualTo(selector);
                    });
        });
    }

    @Test
    void aSinglePodHoldsNoDrainUp() throws Exception {
        assertThat(Overlay.of("overlays/standalone").ofKind("PodDisruptionBudget")).isEmpty();
    }

    @Test
    void tokenThatTheReconcilerShowsToGitWatcherIsForThatAudienceAlone() throws Exception {
        // When
        JsonNode pod = Overlay.of("overlays/services")
                .ofKind("Deployment")
                .findFirst()
                .orElseThrow()
                .at("spec", "template", "spec");

        // Then
        JsonNode token = named(pod.path("volumes"), "git-watcher-token").at("/projected/sources/0/serviceAccountToken");
        JsonNode container = pod.path("containers").path(0);
        String folder = named(container.path("volumeMounts"), "git-watcher-token").path("mountPath").asText();
        assertThat(token.path("audience").asText()).isEqualTo("git-watcher");
        assertThat(named(container.path("env"), "RECONCILER_GIT_WATCHER_TOKEN_FILE").path("value").asText())
                .isEqualTo(folder + "/" + token.path("path").asText());
    }

    @Test
    void eachReplicaOfGitWatcherIsReachedBelowTheNameThatTheReconcilerKnows() throws Exception {
        // When
        Overlay overlay = Overlay.of("overlays/services");

        // Then
        URI known = URI.create(environment(overlay, "reconciler", "RECONCILER_GIT_WATCHER_URL"));
        URI replica = URI.create(environment(overlay, "git-watcher", "GIT_WATCHER_ADVERTISED_URL")
                .replace("$(POD_NAME)", "git-watcher-0"));
        assertThat(replica.getHost()).isEqualTo("git-watcher-0." + known.getHost());
        assertThat(replica.getPort()).isEqualTo(known.getPort());
        Manifest service = overlay.ofKind("Service")
                .filter(each -> known.getHost().equals(each.name() + "." + each.namespace() + ".svc"))
                .findFirst()
                .orElseThrow();
        assertThat(service.at("spec", "clusterIP").asText()).isEqualTo("None");
        assertThat(service.at("spec", "ports").path(0).path("port").asInt()).isEqualTo(known.getPort());
        assertThat(overlay.ofKind("StatefulSet"))
                .allSatisfy(set -> assertThat(set.at("spec", "serviceName").asText()).isEqualTo(service.name()));
    }

    @Test
    void restrictedWatchReadsNoSecrets(@TempDir Path folder) throws Exception {
        // Given
        Rights reconciler = new Rights(cluster.client(), SYSTEM, "reconciler");
        Overlay.of("overlays/services").apply(api);
        await().atMost(SOON).until(() -> reconciler.may("list", "secrets", Rights.ALL));

        // When
        withComponent(folder, "restricted-watch").apply(api);

        // Then
        await().atMost(SOON).until(() -> !reconciler.may("list", "secrets", Rights.ALL));
        assertThat(reconciler.may("watch", "deployments.apps", Rights.ALL)).isTrue();
        assertThat(reconciler.may("watch", "widgets.example.org", Rights.ALL)).isFalse();
    }

    @Test
    void definitionsOfOthersCanBeKept(@TempDir Path folder) throws Exception {
        // When
        Overlay overlay = withComponent(folder, "keep-crds");

        // Then
        assertThat(overlay.ofKind("CustomResourceDefinition")).extracting(Manifest::name)
                .containsExactlyInAnyOrder("sealedsecrets.bitnami.com", "inventoryparts.tenantry.dev");
        assertThat(overlay.workloads()).isNotEmpty();
    }

    /** Render the services' overlay with a component, as docs/operations.md has it. */
    private static Overlay withComponent(Path folder, String component) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(Overlay.deploy())) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve("deploy").resolve(Overlay.deploy().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("kustomization.yaml"), """
                resources:
                  - ../deploy/overlays/services
                components:
                  - ../deploy/%s
                """.formatted(component));
        return Overlay.in(folder, "mine");
    }

    private static String environment(Overlay overlay, String workload, String variable) {
        Manifest found = overlay.workloads().filter(each -> each.name().equals(workload)).findFirst().orElseThrow();
        JsonNode container = found.at("spec", "template", "spec", "containers").path(0);
        return named(container.path("env"), variable).path("value").asText();
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (element.path("name").asText().equals(name)) {
                return element;
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    private static List<Pod> pods(String name) {
        return cluster.client()
                .pods()
                .inNamespace(SYSTEM)
                .withLabel("app.kubernetes.io/name", name)
                .list()
                .getItems();
    }

    /** No one provisions volumes where no container runs. */
    private static void provideVolumes(int count) {
        KubernetesClient client = cluster.client();
        for (int i = 0; i < count; i++) {
            client.resource(new PersistentVolumeBuilder()
                    .withNewMetadata()
                    .withGenerateName("volume-")
                    .endMetadata()
                    .withNewSpec()
                    .withCapacity(Map.of("storage", new Quantity("20Gi")))
                    .withAccessModes("ReadWriteOnce")
                    .withNewHostPath()
                    .withPath("/volumes")
                    .endHostPath()
                    .endSpec()
                    .build()).create();
        }
    }
}
