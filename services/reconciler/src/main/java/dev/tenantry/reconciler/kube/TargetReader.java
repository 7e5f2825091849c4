package dev.tenantry.reconciler.kube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.Target;

/** Read Kustomizations out of the API server's JSON. */
final class TargetReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TargetReader() {}

    /**
     * Read one.
     *
     * @throws IllegalArgumentException when the object is not what its schema allows
     */
    static Target read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        var finalizers = new ArrayList<String>();
        metadata.path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
        Map<String, String> annotations = new HashMap<>();
        metadata.path("annotations").properties().forEach(entry -> {
            if (!entry.getKey().equals("kubectl.kubernetes.io/last-applied-configuration")) {
                annotations.put(entry.getKey(), entry.getValue().asText());
            }
        });
        var name = new NamespacedName(metadata.path("namespace").asText(), metadata.path("name").asText());
        try {
            return new Target(name,
                    new Target.Metadata(metadata.path("uid").asText(), metadata.path("resourceVersion").asText(),
                            metadata.path("generation").asLong(), metadata.hasNonNull("deletionTimestamp"),
                            List.copyOf(finalizers),
                            Map.copyOf(annotations)),
                    JSON.treeToValue(object.path("spec"), KustomizationSpec.class),
                    object.hasNonNull("status")
                            ? JSON.treeToValue(object.path("status"), KustomizationStatus.class)
                            : KustomizationStatus.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Kustomization/" + name + " is not as its schema says: " + e.getOriginalMessage(), e);
        }
    }
}
