package dev.tenantry.reconciler.http;

import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.compare.Difference;
import dev.tenantry.reconciler.compare.FieldChange;

/** What a run would do to one object, as REST shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Difference", description = "What a run would do to one object")
record DifferenceView(
        @Schema(description = "The API group; empty for the core group", examples = "apps") String group,
        @Schema(examples = "v1") String version,
        @Schema(examples = "Deployment") String kind,
        @Schema(description = "Empty for a cluster-scoped object") String namespace,
        String name,
        @Schema(description = "conflict: it belongs to another Kustomization, and the run would fail; "
                + "refused: the API server would not take it") Action action,
        @Schema(description = "missing: it is not in the cluster; changed: the source says something else than was "
                + "applied last; drifted: somebody else changed what was applied; unknown: what was applied last is not "
                + "remembered by this replica; prune: the source no longer has it; conflict") String reason,
        @Schema(description = "What is wrong, or what the fields do not show") @Nullable String message,
        @Schema(description = "Each field that would be another one") List<FieldView> fields) {

    /** What would be done. */
    enum Action {
        @JsonProperty("create")
        CREATE, @JsonProperty("update")
        UPDATE, @JsonProperty("delete")
        DELETE, @JsonProperty("conflict")
        CONFLICT, @JsonProperty("refused")
        REFUSED
    }

    /** One field that would be another one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FieldDifference", description = "One field that would be another one; without \"before\" it is new, "
            + "without \"after\" it goes")
    record FieldView(
            @Schema(description = "Where it is, as a JSON pointer (RFC 6901)", examples = "/spec/replicas") String path,
            @Schema(description = "What it is", implementation = Object.class)
            @Nullable JsonNode before,
            @Schema(description = "What it would be", implementation = Object.class)
            @Nullable JsonNode after,
            @Schema(description = "Says so where a secret is masked: the values differ though they look the same")
            @Nullable String note) {

        static FieldView of(FieldChange change) {
            return new FieldView(change.path(), change.before(), change.after(),
                    change.masked() ? "a secret is masked; its value differs or is new" : null);
        }
    }

    static DifferenceView of(Difference difference) {
        return switch (difference) {
            case Difference.Created created -> view(created, Action.CREATE, "missing", created.note(),
                    created.fields());
            case Difference.Changed changed -> view(changed, Action.UPDATE, word(changed.reason()), null,
                    changed.fields());
            case Difference.Deleted deleted -> view(deleted, Action.DELETE, "prune", null, List.of());
            case Difference.Conflict conflict -> view(conflict, Action.CONFLICT, "conflict",
                    "belongs to Kustomization/%s: remove it from one of the two".formatted(conflict.owner()),
                    List.of());
            case Difference.Refused refused -> view(refused, Action.REFUSED, word(refused.reason()),
                    refused.message(), List.of());
        };
    }

    private static DifferenceView view(Difference difference, Action action, String reason, @Nullable String message,
            List<FieldChange> fields) {
        ObjectRef object = difference.object();
        return new DifferenceView(object.group(), difference.version(), object.kind(), object.namespace(),
                object.name(), action, reason, message, fields.stream().map(FieldView::of).toList());
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
