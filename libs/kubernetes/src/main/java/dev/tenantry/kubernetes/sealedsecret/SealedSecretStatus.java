package dev.tenantry.kubernetes.sealedsecret;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/** Tell whether the Secret is as its SealedSecret says. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"observedGeneration": {"format": "int64"}}}""")
public record SealedSecretStatus(
        @JsonPropertyDescription("Generation of the object that was last acted on.")
        @Nullable Long observedGeneration,

        @JsonPropertyDescription("The state of the Secret; kubectl shows the first.") List<SealedSecretCondition> conditions) {

    public SealedSecretStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** Give the status of an object that nobody has acted on yet. */
    public static SealedSecretStatus empty() {
        return new SealedSecretStatus(null, List.of());
    }
}
