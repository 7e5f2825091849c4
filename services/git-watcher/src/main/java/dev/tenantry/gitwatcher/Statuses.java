package dev.tenantry.gitwatcher;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/** Say in a GitRepository's status what a look at it found, in the words of Flux's source-controller. */
final class Statuses {

    private Statuses() {}

    /** Say that a new object or spec is being looked at for the first time. */
    static GitRepositoryStatus begun(Source source, Instant now) {
        GitRepositoryStatus before = source.status();
        long generation = source.version().generation();
        Long observed = before.observedGeneration();
        String message = observed == null || observed < 0
                ? "building artifact: new source"
                : "processing object: new generation " + observed + " -> " + generation;
        Conditions conditions = new Conditions(before.conditions())
                .without(ConditionType.STALLED)
                .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING, message, generation, now)
                .withUnknown(ConditionType.READY, Reason.PROGRESSING, message, generation, now);
        return with(before, conditions, before.artifact(), before.observedGeneration(), before.observedIgnore(),
                before.lastHandledReconcileAt());
    }

    /** Say what came of the look. */
    static GitRepositoryStatus ended(Source source, Outcome outcome, Instant now) {
        GitRepositoryStatus before = source.status();
        long generation = source.version().generation();
        Conditions conditions = new Conditions(before.conditions());
        String handled = source.requestedAt().orElse(before.lastHandledReconcileAt());
        return switch (outcome) {
            case Outcome.Ready ready -> {
                String message = "stored artifact for revision '" + ready.artifact().revision() + "'";
                Conditions after = conditions
                        .without(ConditionType.RECONCILING)
                        .without(ConditionType.STALLED)
                        .without(ConditionType.FETCH_FAILED)
                        .without(ConditionType.ARTIFACT_OUTDATED)
                        .without(ConditionType.STORAGE_OPERATION_FAILED)
                        .withTrue(ConditionType.READY, Reason.SUCCEEDED, message, generation, now)
                        .withTrue(ConditionType.ARTIFACT_IN_STORAGE, Reason.SUCCEEDED, message, generation, now);
                yield with(before, after, ready.artifact(), generation, source.spec().ignore(), handled);
            }
            case Outcome.Stalled(String reason, String message) -> {
                Conditions after = conditions
                        .without(ConditionType.RECONCILING)
                        .withTrue(ConditionType.STALLED, reason, message, generation, now)
                        .withFalse(ConditionType.READY, reason, message, generation, now)
                        .withTrue(ConditionType.FETCH_FAILED, reason, message, generation, now);
                yield with(before, after, before.artifact(), generation, before.observedIgnore(), handled);
            }
            case Outcome.Failed(String reason, String message) -> {
                String failure = reason.equals(Reason.STORAGE_OPERATION_FAILED)
                        ? ConditionType.STORAGE_OPERATION_FAILED
                        : ConditionType.FETCH_FAILED;
                Conditions after = conditions
                        .without(ConditionType.STALLED)
                        .without(ConditionType.FETCH_FAILED)
                        .without(ConditionType.STORAGE_OPERATION_FAILED)
                        .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING_WITH_RETRY, message, generation, now)
                        .withFalse(ConditionType.READY, reason, message, generation, now)
                        .withTrue(failure, reason, message, generation, now);
                // As in Flux, a spec counts as observed only once it was fetched or found impossible.
                yield with(before, after, before.artifact(), before.observedGeneration(), before.observedIgnore(),
                        handled);
            }
        };
    }

    /** Give what a person would call the state: status, reason and message of Ready. */
    static String readiness(GitRepositoryStatus status) {
        return new Conditions(status.conditions()).find(ConditionType.READY)
                .map(ready -> ready.status() + " " + ready.reason() + " " + ready.message())
                .orElse("");
    }

    private static GitRepositoryStatus with(GitRepositoryStatus before, Conditions conditions,
            @Nullable Artifact artifact, @Nullable Long observedGeneration, @Nullable String observedIgnore,
            @Nullable String handled) {
        return new GitRepositoryStatus(observedGeneration, conditions.list(), artifact, before.includedArtifacts(),
                observedIgnore, before.observedRecurseSubmodules(), before.observedInclude(),
                before.observedSparseCheckout(), before.sourceVerificationMode(), handled);
    }
}
