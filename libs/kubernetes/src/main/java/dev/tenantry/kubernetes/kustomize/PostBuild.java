package dev.tenantry.kubernetes.kustomize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/** Say what to do with the rendered text. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"substituteStrategy": {"enum": ["WithVariables", "Always"]}}}""")
public record PostBuild(
        @JsonPropertyDescription("Variables to replace in the text, as in '${name}' and '${name:=default}'. "
                + "They win over those of substituteFrom.") Map<String, String> substitute,

        @JsonPropertyDescription("ConfigMaps and Secrets whose entries are variables; later ones win over "
                + "earlier ones.") List<SubstituteReference> substituteFrom,

        @JsonPropertyDescription("When to replace: 'WithVariables' (if there is at least one variable, the "
                + "default) or 'Always'.")
        @Nullable String substituteStrategy) {

    public PostBuild {
        substitute = substitute == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(substitute));
        substituteFrom = substituteFrom == null ? List.of() : List.copyOf(substituteFrom);
    }
}
