package dev.tenantry.kubernetes.kustomize;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/** Tell what was last applied. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"observedGeneration": {"format": "int64"}}}""")
public record KustomizationStatus(
        @JsonPropertyDescription("Generation of the object that was last acted on.")
        @Nullable Long observedGeneration,

        @JsonPropertyDescription("The state of the Kustomization, by aspects.") List<Condition> conditions,

        @JsonPropertyDescription("The revision that was last applied without an error.")
        @Nullable String lastAppliedRevision,

        @JsonPropertyDescription("The revision that the source says its content came from, when last applied.")
        @Nullable String lastAppliedOriginRevision,

        @JsonPropertyDescription("The revision of the last run.")
        @Nullable String lastAttemptedRevision,

        @JsonPropertyDescription("The objects that were applied.")
        @Nullable Inventory inventory,

        @JsonPropertyDescription("The last runs, newest first; equal ones are one entry.") List<HistoryEntry> history,

        @JsonPropertyDescription("The last request for a reconciliation that was acted on, as its annotation "
                + "spelled it.")
        @Nullable String lastHandledReconcileAt) {

    public KustomizationStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        history = history == null ? List.of() : List.copyOf(history);
    }

    /** Give the same status with another inventory. */
    public KustomizationStatus withInventory(@Nullable Inventory other) {
        return new KustomizationStatus(observedGeneration, conditions, lastAppliedRevision, lastAppliedOriginRevision,
                lastAttemptedRevision, other, history, lastHandledReconcileAt);
    }

    /** Give the status of an object that nobody has acted on yet. */
    public static KustomizationStatus empty() {
        return new KustomizationStatus(null, List.of(), null, null, null, null, List.of(), null);
    }
}
