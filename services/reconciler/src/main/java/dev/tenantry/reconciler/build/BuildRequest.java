package dev.tenantry.reconciler.build;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param secretVariables the names of those variables that came from Secrets; no message shows their values
 * @param unset what becomes of a variable without value and default
 */
public record BuildRequest(
        String path,
        ObjectNode rendering,
        Map<String, String> variables,
        Set<String> secretVariables,
        Unset unset) {

    /** What becomes of a variable without value and default. */
    public enum Unset {
        /** The build fails, as in Flux since kustomize-controller 1.9. */
        FAILS,
        /** It is replaced by nothing, with a warning in a {@link Printout}. */
        EMPTY
    }

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
        secretVariables = Set.copyOf(secretVariables);
    }

    /** Take path and rendering fields from the spec of a {@code kustomize.toolkit.fluxcd.io} Kustomization. */
    public static BuildRequest of(JsonNode spec, Map<String, String> variables, Set<String> secretVariables) {
        ObjectNode fields = spec instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return new BuildRequest(spec.path("path").asText(""), fields, variables, secretVariables, Unset.FAILS);
    }

    /** Give the same request for another folder. */
    public BuildRequest at(String otherPath) {
        return new BuildRequest(otherPath, rendering, variables, secretVariables, unset);
    }

    /** Give the same request with another rule for variables without value and default. */
    public BuildRequest with(Unset otherUnset) {
        return new BuildRequest(path, rendering, variables, secretVariables, otherUnset);
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
