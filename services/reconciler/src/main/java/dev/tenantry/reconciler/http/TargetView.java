package dev.tenantry.reconciler.http;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.HistoryEntry;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.Inventory;

/** A Kustomization as REST shows it. */
@Schema(name = "Target", description = "A Kustomization and how it is")
record TargetView(
        String namespace,
        String name,
        SourceName source,
        @Schema(description = "The folder of the source that it is built from", examples = "./apps/web")
        @Nullable String path,
        @Schema(description = "The revision that was last applied", examples = "main@sha1:6db88c7a7e3f8b3f0a5c6d0e3b1c9a4d2f1e0b9a")
        @Nullable String revision,
        @Schema(description = "The revision of the last run, whether it succeeded or not")
        @Nullable String attemptedRevision,
        @Schema(description = "The status of its Ready condition") Ready ready,
        @Schema(description = "The reason of its Ready condition", examples = "ReconciliationSucceeded")
        @Nullable String reason,
        @Nullable String message,
        @Schema(description = "Since when it is ready, or is not") @Nullable Instant since,
        @Schema(description = "Whether it is left alone until somebody resumes it") boolean suspended,
        @Schema(description = "How many objects it has in the cluster") int objects,
        @Schema(description = "The end of its last run that had something to tell") @Nullable Instant lastRunEndedAt,
        @Schema(description = "How long that run took, in milliseconds") @Nullable Long lastRunMilliseconds,
        @Schema(description = "Whether the replica that answers is the one that works on it") boolean owned) {

    /** The three values of a condition, as Kubernetes writes them. */
    enum Ready {
        @JsonProperty("True")
        TRUE, @JsonProperty("False")
        FALSE, @JsonProperty("Unknown")
        UNKNOWN
    }

    /** What a target is built from. */
    @Schema(name = "SourceName")
    record SourceName(String kind, String namespace, String name) {}

    static TargetView of(Target target, boolean owned) {
        Condition ready = target.conditions().find(ConditionType.READY).orElse(null);
        List<HistoryEntry> history = target.status().history();
        HistoryEntry last = history.isEmpty() ? null : history.getFirst();
        NamespacedName source = target.source();
        return new TargetView(
                target.name().namespace(),
                target.name().name(),
                new SourceName(target.spec().sourceRef().kind(), source.namespace(), source.name()),
                target.spec().path(),
                target.status().lastAppliedRevision(),
                target.status().lastAttemptedRevision(),
                readiness(target),
                ready == null ? null : ready.reason(),
                ready == null ? null : ready.message(),
                ready == null ? null : ready.lastTransitionTime(),
                target.spec().suspend(),
                Inventory.of(target.status()).entries().size(),
                last == null ? null : last.lastReconciled(),
                last == null ? null : last.lastReconciledDuration().value().toMillis(),
                owned);
    }

    static Ready readiness(Target target) {
        return target.conditions().find(ConditionType.READY).map(condition -> switch (condition.status()) {
            case TRUE -> Ready.TRUE;
            case FALSE -> Ready.FALSE;
            case UNKNOWN -> Ready.UNKNOWN;
        }).orElse(Ready.UNKNOWN);
    }
}
