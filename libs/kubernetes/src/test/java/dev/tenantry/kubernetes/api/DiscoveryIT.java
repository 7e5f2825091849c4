package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;

class DiscoveryIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final ResourceType DEFINITIONS = ResourceType
            .clusterScoped("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");

    private final ObjectApi api = ObjectApi.of(CLUSTER.client());
    private final Discovery discovery = new Discovery(api);

    @Test
    void builtInKindsAreFoundInTheirVersions() {
        // When
        ResourceType deployments = Stages.await(discovery.find("apps", "v1", "Deployment")).orElseThrow();
        ResourceType namespaces = Stages.await(discovery.preferred("", "Namespace")).orElseThrow();
        Optional<ResourceType> none = Stages.await(discovery.find("apps", "v1beta1", "Deployment"));

        // Then
        assertThat(deployments.plural()).isEqualTo("deployments");
        assertThat(deployments.namespaced()).isTrue();
        assertThat(deployments.allows("watch")).isTrue();
        assertThat(namespaces.namespaced()).isFalse();
        assertThat(namespaces.apiVersion()).isEqualTo("v1");
        assertThat(none).isEmpty();
    }

    @Test
    void twoRequestsReadAllKinds() {
        try (ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
                ObjectApi counted = ObjectApi.connect(proxy.config())) {
            // When
            List<ResourceType> all = Stages.await(new Discovery(counted).all());

            // Then
            assertThat(all).extracting(ResourceType::kind).contains("Pod", "Deployment", "ClusterRole");
            assertThat(proxy.calls()).hasSize(2);
        }
    }

    @Test
    void aKindIsFoundAsSoonAsItsDefinitionIsEstablished() {
        // Given
        Stages.await(discovery.all());
        String group = CLUSTER.newNamespace() + ".example.org";
        Stages.await(api.apply(DEFINITIONS, definition(group), ApplyOptions.as("tests")));
        Awaitility.await().until(() -> isEstablished("widgets." + group));
        discovery.changed();

        // When
        Optional<ResourceType> widgets = Stages.await(discovery.find(group, "v1", "Widget"));

        // Then
        assertThat(widgets).map(ResourceType::plural).contains("widgets");
    }

    @Test
    void aKindOfAnAggregatedApiThatIsDownIsNeverSaidNotToBeServed() {
        // Given
        String group = CLUSTER.newNamespace() + ".example.org";
        ResourceType services = ResourceType.clusterScoped("apiregistration.k8s.io", "v1", "APIService", "apiservices");
        Stages.await(api.apply(services, aggregated(group), ApplyOptions.as("tests")));
        try {
            // When
            Awaitility.await().untilAsserted(() -> {
                ApiError unknown = Stages.failure(discovery.preferred(group, "Gadget"));

                // Then
                assertThat(unknown.isTransient()).isTrue();
                assertThat(unknown.message()).contains(group + "/v1");
            });
            assertThat(Stages.await(discovery.find("apps", "v1", "Gadget"))).isEmpty();
        } finally {
            Stages.await(api.delete(services.at("", "v1." + group), DeleteOptions.unconditionally()));
        }
    }

    @Test
    void aKindWhoseDefinitionWasDeletedIsUnknownOnceAllIsReadAgain() {
        // Given
        String group = CLUSTER.newNamespace() + ".example.org";
        Stages.await(api.apply(DEFINITIONS, definition(group), ApplyOptions.as("tests")));
        Awaitility.await().until(() -> isEstablished("widgets." + group));
        assertThat(Stages.await(discovery.find(group, "v1", "Widget"))).isPresent();
        Stages.await(api.delete(DEFINITIONS.at("", "widgets." + group), DeleteOptions.unconditionally()));
        Awaitility.await()
                .until(() -> Stages.await(api.get(DEFINITIONS.at("", "widgets." + group))).isEmpty());

        // When
        Awaitility.await().untilAsserted(() -> {
            Stages.await(discovery.reread());

            // Then
            assertThat(discovery.peek(group, "v1", "Widget")).isEmpty();
        });
        assertThat(Stages.await(discovery.find(group, "v1", "Widget"))).isEmpty();
    }

    @Test
    void manyQuestionsForMissingKindsShareFewReadings() {
        try (ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
                ObjectApi counted = ObjectApi.connect(proxy.config())) {
            // Given
            Discovery asked = new Discovery(counted);

            // When
            List<CompletionStage<Optional<ResourceType>>> answers = IntStream.range(0, 500)
                    .mapToObj(i -> asked.find("example.org", "v1", "Missing" + i))
                    .toList();

            // Then
            assertThat(answers).allSatisfy(answer -> assertThat(Stages.await(answer)).isEmpty());
            assertThat(proxy.calls(Calls.any())).hasSizeLessThanOrEqualTo(4);
        }
    }

    private boolean isEstablished(String name) {
        ObjectNode definition = Stages.await(api.get(DEFINITIONS.at("", name))).orElseThrow();
        for (var condition : definition.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static Manifest aggregated(String group) {
        ObjectNode json = Manifest.skeleton("apiregistration.k8s.io/v1", "APIService",
                new NamespacedName("", "v1." + group));
        json.putObject("spec")
                .put("group", group)
                .put("version", "v1")
                .put("groupPriorityMinimum", 1000)
                .put("versionPriority", 10)
                .put("insecureSkipTLSVerify", true)
                .putObject("service")
                .put("namespace", "default")
                .put("name", "nobody");
        return Manifest.of(json);
    }

    static Manifest definition(String group) {
        ObjectNode json = Manifest
                .skeleton("apiextensions.k8s.io/v1", "CustomResourceDefinition",
                        new NamespacedName("", "widgets." + group));
        ObjectNode spec = json.putObject("spec").put("group", group).put("scope", "Namespaced");
        spec.putObject("names").put("kind", "Widget").put("plural", "widgets");
        ObjectNode version = spec.putArray("versions").addObject();
        version.put("name", "v1").put("served", true).put("storage", true);
        version.putObject("schema").putObject("openAPIV3Schema").put("type", "object");
        return Manifest.of(json);
    }
}
