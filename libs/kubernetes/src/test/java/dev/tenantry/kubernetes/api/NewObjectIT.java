package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.cluster.ControlPlane;

class NewObjectIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final ResourceType NAMESPACES = ResourceType.clusterScoped("", "v1", "Namespace", "namespaces");
    private static final ResourceType DEFINITIONS = ResourceType
            .clusterScoped("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final ApplyOptions OURS = ApplyOptions.as("kustomize-controller");

    private final ObjectApi api = ObjectApi.of(CLUSTER.client());
    private final String namespace = CLUSTER.newNamespace();

    @Test
    void aNewObjectIsMadeAsByAnyOtherApply() {
        // Given
        ObjectNode usual = Stages.await(api.apply(CONFIG_MAPS, configMap("usual"), OURS));

        // When
        ObjectNode made = Stages.await(api.applyNew(CONFIG_MAPS, configMap("new"), OURS));

        // Then
        assertThat(made.at("/data/key").asText()).isEqualTo("value");
        assertThat(managed(made)).isEqualTo(managed(usual));
    }

    @Test
    void anObjectThatExistsIsLeftExactlyAsItIs() {
        // Given
        ObjectNode before = Stages.await(api.apply(CONFIG_MAPS, configMap("web"), OURS));

        // When
        ApiError error = Stages.failure(api.applyNew(CONFIG_MAPS, configMap("web").withLabels(
                Map.of("label", "of nobody else")), OURS));

        // Then
        assertThat(error.isConflict()).isTrue();
        assertThat(Stages.await(api.get(CONFIG_MAPS.at(namespace, "web")))).hasValue(before);
    }

    @Test
    void itHoldsForClusterScopedAndCustomObjectsToo() {
        // Given
        Manifest other = Manifest
                .of(Manifest.skeleton("v1", "Namespace", new NamespacedName("", namespace + "-other")));
        String group = namespace + ".example.org";
        ResourceType widgets = ResourceType.namespaced(group, "v1", "Widget", "widgets");
        Manifest widget = Manifest
                .of(Manifest.skeleton(group + "/v1", "Widget", new NamespacedName(namespace, "w")));
        Stages.await(api.applyNew(DEFINITIONS, DiscoveryIT.definition(group), OURS));
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> Stages.await(api.listAll(widgets, ListQuery.everywhere()))
                        .isEmpty());

        // When
        Stages.await(api.applyNew(NAMESPACES, other, OURS));
        Stages.await(api.applyNew(widgets, widget, OURS));
        ApiError namespaceError = Stages.failure(api.applyNew(NAMESPACES, other, OURS));
        ApiError widgetError = Stages.failure(api.applyNew(widgets, widget, OURS));

        // Then
        assertThat(namespaceError.isConflict()).isTrue();
        assertThat(widgetError.isConflict()).isTrue();
    }

    private Manifest configMap(String name) {
        return Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName(namespace, name))).with(json -> {
            json.putObject("data").put("key", "value");
            return json;
        });
    }

    private static JsonNode managed(ObjectNode object) {
        ObjectNode entry = object.at("/metadata/managedFields/0").deepCopy();
        entry.remove("time");
        return entry;
    }
}
