package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
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
            "overlays/services, reconciler, 2",
            "overlays/services, secrets-service, 2"})
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
        assertThat(overlay.ofKind("PodDisruptionBudget")).hasSize(3);
        assertThat(overlay.workloads()).hasSize(3).allSatisfy(workload -> {
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
                .workloads()
                .filter(workload -> workload.name().equals("reconciler"))
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
        Overlay.withComponents(folder, "overlays/services", "restricted-watch").apply(api);

        // Then
        await().atMost(SOON).until(() -> !reconciler.may("list", "secrets", Rights.ALL));
        assertThat(reconciler.may("watch", "deployments.apps", Rights.ALL)).isTrue();
        assertThat(reconciler.may("watch", "widgets.example.org", Rights.ALL)).isFalse();
    }

    @Test
    void restrictedSecretsAreOfServedNamespacesOnly(@TempDir Path folder) throws Exception {
        // Given
        String served = cluster.newNamespace();
        String other = cluster.newNamespace();
        Rights secretsService = new Rights(cluster.client(), SYSTEM, "secrets-service");
        Overlay.of("overlays/services").apply(api);
        await().atMost(SOON).until(() -> secretsService.may("create", "secrets", other));

        // When
        Overlay.withComponents(folder, "overlays/services", "restricted-secrets").apply(api);
        Overlay.of("tenant-namespace", served).apply(api);

        // Then
        await().atMost(SOON).until(() -> !secretsService.may("create", "secrets", other));
        for (String verb : List.of("get", "create", "patch")) {
            assertThat(secretsService.may(verb, "secrets", other)).as(verb).isFalse();
            assertThat(secretsService.may(verb, "secrets", Rights.ALL)).as(verb).isFalse();
            assertThat(secretsService.may(verb, "secrets", SYSTEM)).as(verb).isTrue();
            await(verb).atMost(SOON).until(() -> secretsService.may(verb, "secrets", served));
        }
        assertThat(secretsService.may("watch", "secrets", Rights.ALL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"overlays/standalone, standalone", "overlays/services, secrets-service"})
    void keysOfTheOriginalControllerAreUsedWhereTheyAre(String path, String workload, @TempDir Path folder)
            throws Exception {
        // When
        Overlay overlay = Overlay.withComponents(folder, path, "sealed-secrets-takeover");

        // Then
        String namespace = environment(overlay, workload, "SECRETS_SERVICE_KEYS_NAMESPACE");
        assertThat(namespace).isEqualTo("kube-system");
        assertThat(overlay.ofKind("Role")).filteredOn(role -> role.namespace().equals(namespace))
                .singleElement()
                .satisfies(role -> assertThat(role.at("rules")).hasSize(1))
                .satisfies(role -> assertThat(role.at("rules").path(0).path("verbs"))
                        .extracting(JsonNode::asText)
                        .containsExactly("get", "list", "watch", "create"));
        assertThat(overlay.ofKind("RoleBinding")).filteredOn(binding -> binding.namespace().equals(namespace))
                .singleElement()
                .satisfies(binding -> assertThat(binding.at("subjects").findValuesAsText("name")).contains(workload));
    }

    @ParameterizedTest
    @CsvSource({"overlays/standalone, standalone", "overlays/services, secrets-service"})
    void kubesealReachesTheServiceByTheNamesThatItHasByDefault(String path, String workload) throws Exception {
        // When
        Overlay overlay = Overlay.of(path);

        // Then
        Manifest service = only(overlay.ofKind("Service"), "sealed-secrets-controller");
        Manifest pods = only(overlay.workloads(), workload);
        assertThat(service.at("spec", "selector")).isEqualTo(pods.at("spec", "selector", "matchLabels"));
        // kubeseal takes the first port, by its name.
        JsonNode port = service.at("spec", "ports").path(0);
        assertThat(port.path("port").asInt()).isEqualTo(8080);
        assertThat(only(overlay.ofKind("Role"), "tenantry-secrets-service-callers").at("rules")
                .path(1)
                .path("resourceNames")).extracting(JsonNode::asText)
                .contains("http:" + service.name() + ":" + port.path("name").asText());
        assertThat(overlay.ofKind("NetworkPolicy")).filteredOn(policy -> policy.name().equals("kubeseal"))
                .singleElement()
                .satisfies(policy -> assertThat(policy.at("spec", "podSelector", "matchLabels"))
                        .isEqualTo(service.at("spec", "selector")))
                .satisfies(policy -> assertThat(policy.at("spec", "ingress")
                        .path(0)
                        .path("ports")
                        .path(0)
                        .path("port")
                        .asText()).isEqualTo(port.path("targetPort").asText()));
    }

    @Test
    void definitionsOfOthersCanBeKept(@TempDir Path folder) throws Exception {
        // When
        Overlay overlay = Overlay.withComponents(folder, "overlays/services", "keep-crds");

        // Then
        assertThat(overlay.ofKind("CustomResourceDefinition")).extracting(Manifest::name)
                .containsExactlyInAnyOrder("sealedsecrets.bitnami.com", "inventoryparts.tenantry.dev");
        assertThat(overlay.workloads()).isNotEmpty();
    }

    private static String environment(Overlay overlay, String workload, String variable) {
        Manifest found = only(overlay.workloads(), workload);
        JsonNode container = found.at("spec", "template", "spec", "containers").path(0);
        return named(container.path("env"), variable).path("value").asText();
    }

    private static Manifest only(Stream<Manifest> objects, String name) {
        return objects.filter(each -> each.name().equals(name)).findFirst().orElseThrow();
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
