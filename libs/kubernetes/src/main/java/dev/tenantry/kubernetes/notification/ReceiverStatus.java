package dev.tenantry.kubernetes.notification;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/** Tell where webhooks are to be sent. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"observedGeneration": {"format": "int64"}}}""")
public record ReceiverStatus(
        @JsonPropertyDescription("Generation of the object that was last acted on.")
        @Nullable Long observedGeneration,

        @JsonPropertyDescription("The state of the receiver, by aspects.") List<Condition> conditions,

        @JsonPropertyDescription("Path to send webhooks to: '/hook/' and the SHA-256 of token, name and "
                + "namespace.")
        @Nullable String webhookPath,

        @JsonPropertyDescription("The last request for a reconciliation that was acted on, as its annotation "
                + "spelled it.")
        @Nullable String lastHandledReconcileAt) {

    public ReceiverStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** Give the status of an object that nobody has acted on yet. */
    public static ReceiverStatus empty() {
        return new ReceiverStatus(null, List.of(), null, null);
    }
}
