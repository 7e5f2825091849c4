package dev.tenantry.reconciler.kube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.Target;

/**
 * Read Kustomizations out of the API server's JSON.
 * <p>
 * A schema lets through what is no value of a field all the same, such as an interval of thousands of years, and a
 * definition of others may let through more. Such a target has to be told, and to be let go when it is deleted; so one
 * field must not hide all the others.
 */
final class TargetReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INVENTORY = "inventory";

    private TargetReader() {}

    /**
     * Read one; what of its spec cannot be read is told by {@link Target#unreadable}, and what of its status is left
     * out, as nobody had written it.
     *
     * @throws IllegalArgumentException when it is no Kustomization at all
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
            var unreadable = new ArrayList<String>();
            KustomizationSpec spec = spec(object.path("spec"), unreadable);
            return new Target(name,
                    new Target.Metadata(metadata.path("uid").asText(), metadata.path("resourceVersion").asText(),
                            metadata.path("generation").asLong(), metadata.hasNonNull("deletionTimestamp"),
                            List.copyOf(finalizers),
                            Map.copyOf(annotations)),
                    spec, status(object.path("status")), unreadable);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Kustomization/" + name + " is not as its schema says: " + e.getOriginalMessage(), e);
        }
    }

    private static KustomizationSpec spec(JsonNode json, List<String> unreadable) throws JsonProcessingException {
        ObjectNode rest = copy(json);
        while (true) {
            try {
                return JSON.treeToValue(rest, KustomizationSpec.class);
            } catch (JsonMappingException e) {
                String field = remove(rest, e);
                if (field == null) {
                    throw e;
                }
                unreadable.add("spec." + field + ": " + reason(e));
                // No run looks at these; but every spec has them.
                if (field.equals("interval")) {
                    rest.put("interval", "1h");
                } else if (field.equals("sourceRef")) {
                    rest.putObject("sourceRef").put("kind", "GitRepository").put("name", "unreadable");
                }
            }
        }
    }

    private static KustomizationStatus status(JsonNode json) throws JsonProcessingException {
        ObjectNode rest = copy(json);
        while (true) {
            try {
                return JSON.treeToValue(rest, KustomizationStatus.class);
            } catch (JsonMappingException e) {
                String field = remove(rest, e);
                if (field == null || field.equals(INVENTORY)) {
                    throw e;
                }
            }
        }
    }

    private static ObjectNode copy(JsonNode json) {
        return json.isObject() ? json.<ObjectNode>deepCopy() : JSON.createObjectNode();
    }

    /** Take out the field that could not be read. */
    private static @Nullable String remove(ObjectNode json, JsonMappingException cause) {
        if (cause.getPath().isEmpty() || cause.getPath().getFirst().getFieldName() == null) {
            return null;
        }
        String field = cause.getPath().getFirst().getFieldName();
        return json.remove(field) == null ? null : field;
    }

    private static String reason(JsonMappingException failure) {
        return failure.getCause() == null ? failure.getOriginalMessage() : failure.getCause().getMessage();
    }
}
