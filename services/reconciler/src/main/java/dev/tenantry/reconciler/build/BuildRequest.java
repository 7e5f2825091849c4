package dev.tenantry.reconciler.build;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Say what to build.
 *
 * @param path the folder to build, as {@code spec.path} has it: {@code ./apps}, {@code /apps} and {@code apps} are the
 *     same, and {@code ..} never leads above the source's root
 * @param rendering those fields of the Kustomization's spec that change what comes out
 * @param variables what {@code postBuild.substituteFrom} resolved to, later references over earlier ones; values of
 *     {@code postBuild.substitute} take precedence
 */
public record BuildRequest(String path, ObjectNode rendering, Map<String, String> variables) {

    private static final List<String> RENDERING_FIELDS = List.of(
            "targetNamespace",
            "namePrefix",
            "nameSuffix",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "images",
            "components",
            "ignoreMissingComponents",
            "buildMetadata",
            "postBuild",
            "commonMetadata");

    public BuildRequest {
        rendering = renderingFields(rendering);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** Take path and rendering fields from the spec of a {@code kustomize.toolkit.fluxcd.io} Kustomization. */
    public static BuildRequest of(JsonNode spec, Map<String, String> variables) {
        ObjectNode fields = spec instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return new BuildRequest(spec.path("path").asText(""), fields, variables);
    }

    /** Keep the fields of a spec that a build depends on, besides its path, in a fixed order. */
    public static ObjectNode renderingFields(ObjectNode spec) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String field : RENDERING_FIELDS) {
            JsonNode value = spec.get(field);
            if (value != null && !value.isNull()) {
                kept.set(field, value.deepCopy());
            }
        }
        return kept;
    }

    /** Print the path alone: variables may be secrets. */
    @Override
    public String toString() {
        return "BuildRequest[path=" + path + "]";
    }
}
