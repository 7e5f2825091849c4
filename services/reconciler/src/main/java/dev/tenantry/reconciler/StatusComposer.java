package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.kustomize.HistoryEntry;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.inventory.Inventory;

/** Put what a run did into the status of its Kustomization, in the terms of Flux; a pure function of it and the time. */
public final class StatusComposer {

    private static final int HISTORY = 5;

    private final Clock clock;

    public StatusComposer(Clock clock) {
        this.clock = clock;
    }

    /**
     * Give the status before anything is applied: an inventory that already names what is about to be made.
     * <p>
     * The spec counts as observed from here on, as it is what is being applied, so that a short wait for health after it
     * needs no write of its own.
     */
    public KustomizationStatus started(Target target, String revision, Inventory inventory) {
        var progressing = target.conditions()
                .without(ConditionType.STALLED)
                .withUnknown(ConditionType.READY, Reason.PROGRESSING, "Applying revision " + revision,
                        target.metadata().generation(), clock.instant())
                .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING, "Applying revision " + revision,
                        target.metadata().generation(), clock.instant());
        KustomizationStatus before = target.status();
        return new KustomizationStatus(target.metadata().generation(), progressing.list(), before.lastAppliedRevision(),
                before.lastAppliedOriginRevision(), revision, inventory.written(), before.history(),
                before.lastHandledReconcileAt());
    }

    /** Give the status after a run. */
    public KustomizationStatus ended(RunReport report) {
        Target target = report.target();
        KustomizationStatus before = target.status();
        boolean ready = report.outcome() instanceof Outcome.Ready;
        String attempted = report.revision() == null ? before.lastAttemptedRevision() : report.revision();
        return new KustomizationStatus(target.metadata().generation(), conditions(report).list(),
                ready ? report.revision() : before.lastAppliedRevision(), before.lastAppliedOriginRevision(), attempted,
                report.inventory().written(), history(report),
                isAnswered(report.outcome())
                        ? target.requestedAt().orElse(before.lastHandledReconcileAt())
                        : before.lastHandledReconcileAt());
    }

    /** A request is answered by a run that did what it could, not by one that waits until it can do anything. */
    private static boolean isAnswered(Outcome outcome) {
        return !(outcome instanceof Outcome.Waiting waiting) || waiting.on() == Outcome.On.HEALTH;
    }

    private Conditions conditions(RunReport report) {
        Target target = report.target();
        long generation = target.metadata().generation();
        Instant now = clock.instant();
        var before = target.conditions();
        var base = health(before, report, generation, now);
        String reason = report.outcome().reason();
        String message = report.outcome().message();
        return switch (report.outcome()) {
            case Outcome.Ready ready -> base.without(ConditionType.RECONCILING)
                    .without(ConditionType.STALLED)
                    .withTrue(ConditionType.READY, reason, message, generation, now);
            case Outcome.Waiting waiting when waiting.on() == Outcome.On.HEALTH -> base.without(ConditionType.STALLED)
                    .withUnknown(ConditionType.READY, reason, message, generation, now)
                    .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING, message, generation, now);
            case Outcome.Waiting waiting -> base.without(ConditionType.STALLED)
                    .withFalse(ConditionType.READY, reason, message, generation, now)
                    .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING_WITH_RETRY, message, generation, now);
            case Outcome.Stalled stalled -> base.without(ConditionType.RECONCILING)
                    .withFalse(ConditionType.READY, reason, message, generation, now)
                    .withTrue(ConditionType.STALLED, reason, message, generation, now);
            case Outcome.Failed failed -> base.without(ConditionType.STALLED)
                    .withFalse(ConditionType.READY, reason, message, generation, now)
                    .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING_WITH_RETRY, message, generation, now);
        };
    }

    private static Conditions health(Conditions before, RunReport report, long generation, Instant now) {
        var spec = report.target().spec();
        if (!spec.waitForHealth() && spec.healthChecks().isEmpty()) {
            return before.without(ConditionType.HEALTHY);
        }
        return switch (report.outcome()) {
            case Outcome.Ready ready -> before.withTrue(ConditionType.HEALTHY, Reason.SUCCEEDED,
                    healthMessage(report.durations().get(RunReport.Stage.HEALTH)), generation, now);
            case Outcome.Failed failed when failed.reason().equals(Reason.HEALTH_CHECK_FAILED) -> before
                    .withFalse(ConditionType.HEALTHY, failed.reason(), failed.message(), generation, now);
            case Outcome.Waiting waiting when waiting.on() == Outcome.On.HEALTH -> before
                    .withUnknown(ConditionType.HEALTHY, Reason.PROGRESSING, waiting.message(), generation, now);
            case Outcome.Waiting waiting -> before;
            case Outcome.Stalled stalled -> before;
            case Outcome.Failed failed -> before;
        };
    }

    private static String healthMessage(@Nullable Duration took) {
        return took == null
                ? "Health check passed"
                : "Health check passed in " + new GoDuration(took.truncatedTo(ChronoUnit.MILLIS));
    }

    private List<HistoryEntry> history(RunReport report) {
        List<HistoryEntry> before = report.target().status().history();
        if (report.digest() == null || report.outcome() instanceof Outcome.Waiting) {
            return before;
        }
        String digest = report.digest();
        String result = report.outcome().reason();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var took = new GoDuration(report.total().truncatedTo(ChronoUnit.MILLIS));
        Map<String, String> metadata = report.revision() == null ? Map.of() : Map.of("revision", report.revision());
        HistoryEntry same = before.stream()
                .filter(entry -> entry.digest().equals(digest) && entry.lastReconciledStatus().equals(result))
                .findFirst()
                .orElse(null);
        var entries = new ArrayList<HistoryEntry>();
        entries.add(new HistoryEntry(digest, same == null ? now : same.firstReconciled(), now, took, result,
                same == null ? 1 : same.totalReconciliations() + 1, metadata));
        before.stream().filter(entry -> entry != same).limit(HISTORY - 1).forEach(entries::add);
        return entries;
    }

    /** Tell whether two statuses say the same, but for the times and counts of runs that changed nothing. */
    public static boolean saysTheSame(KustomizationStatus one, KustomizationStatus other) {
        return Objects.equals(withoutHistory(one), withoutHistory(other));
    }

    private static KustomizationStatus withoutHistory(KustomizationStatus status) {
        List<Condition> conditions = status.conditions().stream().map(StatusComposer::withoutDuration).toList();
        return new KustomizationStatus(status.observedGeneration(), conditions, status.lastAppliedRevision(),
                status.lastAppliedOriginRevision(), status.lastAttemptedRevision(), status.inventory(), List.of(),
                status.lastHandledReconcileAt());
    }

    /** How long a health check took is no news. */
    private static Condition withoutDuration(Condition condition) {
        return condition.type().equals(ConditionType.HEALTHY) && condition.isTrue()
                ? new Condition(condition.lastTransitionTime(), "", condition.observedGeneration(), condition.reason(),
                        condition.status(), condition.type())
                : condition;
    }
}
