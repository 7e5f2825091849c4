package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.TargetMemory.Pending;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.queue.Cause;

/** Bring what a run came to into the status of its target, tell it, and say when the next run is. */
final class Conclusion {

    /** When to look again after what can be over at once. */
    static final Duration MOMENT = Duration.ofSeconds(1);
    /**
     * A wait that ends sooner is not worth a status write: most of what is to get healthy does so within this, and a
     * source or a dependency that was made together with its target gets ready.
     */
    static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

    private final Ports ports;
    private final StatusComposer composer;
    private final Clock clock;

    Conclusion(Ports ports, Clock clock) {
        this.ports = ports;
        this.composer = new StatusComposer(clock);
        this.clock = clock;
    }

    /**
     * End a run.
     *
     * @param revision the revision that it was about; null where none was to be had
     * @param digest stands for the objects that were rendered; null where nothing was
     */
    Next end(Run run, Outcome outcome, @Nullable String revision, @Nullable String digest) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        Inventory before = Inventory.of(target.status());
        Inventory after = inventory(run, before);
        RunReport report = run.progress().report(target, outcome, revision, digest, after);
        if (outcome instanceof Outcome.Waiting waiting) {
            Duration grace = leftOf(grace(target, waiting, revision), memory, outcome);
            boolean answers = waiting.on() == Outcome.On.HEALTH && target.pendingRequest().isPresent();
            if (grace.isPositive() && !answers && after.equals(before) && mayGoUntold(target, waiting)) {
                memory.remember(report);
                if (report.counts().changedSomething()) {
                    memory.untold = report;
                }
                // Files that could not be fetched wake nobody up when they can be.
                boolean unfetched = waiting.on() == Outcome.On.SOURCE && revision != null;
                return new Next.After(unfetched && grace.compareTo(MOMENT) > 0 ? MOMENT : grace, Cause.WAIT);
            }
        } else {
            memory.pending = null;
        }
        KustomizationStatus status = composer.ended(report);
        if (StatusComposer.saysTheSame(status, target.status())) {
            if (memory.untold != null) {
                tell(memory, report);
            } else if (report.durations().containsKey(Stage.BUILD)) {
                // It has done its work again, as somebody asked for.
                memory.remember(report);
            }
            return next(run, outcome);
        }
        return switch (ports.statuses().write(target, status)) {
            case StatusWriter.Saved saved -> {
                tell(memory, report);
                yield next(run, outcome);
            }
            case StatusWriter.Superseded superseded -> {
                // What another one wrote is the truth now, so that nothing of this run may be taken for done.
                memory.untold = null;
                memory.settled = false;
                yield new Next.After(MOMENT, Cause.RETRY);
            }
            case StatusWriter.Unsaved unsaved -> {
                memory.untold = report;
                yield new Next.After(memory.nextBackoff(retryInterval(target)), Cause.WAIT);
            }
        };
    }

    /** What is in the cluster now: what this run found, else what an earlier one did and could not write. */
    private static Inventory inventory(Run run, Inventory written) {
        if (run.inventory() != null) {
            return run.inventory();
        }
        RunReport untold = run.memory().untold;
        return untold == null ? written : untold.inventory();
    }

    private void tell(TargetMemory memory, RunReport report) {
        memory.untold = null;
        memory.remember(report);
        ports.announcer().ended(report);
    }

    /** Tell whether a wait may go untold: that a spec is being acted upon is told, that it can't be yet has time. */
    private static boolean mayGoUntold(Target target, Outcome.Waiting waiting) {
        return target.isObserved() || waiting.on() == Outcome.On.SOURCE || waiting.on() == Outcome.On.DEPENDENCY;
    }

    /** What was healthy is looked at again: it stays so until the watch that is opened for it tells otherwise. */
    private static Duration grace(Target target, Outcome.Waiting waiting, @Nullable String revision) {
        if (waiting.on() != Outcome.On.HEALTH) {
            return GRACE;
        }
        boolean again = target.isReady() && revision != null
                && revision.equals(target.status().lastAppliedRevision());
        return again ? SECOND_LOOK : GRACE;
    }

    /** Give how much is left of a wait's grace, since it has been for the same reason. */
    private Duration leftOf(Duration grace, TargetMemory memory, Outcome outcome) {
        Instant now = clock.instant();
        Pending pending = memory.pending;
        if (pending == null || !pending.reason().equals(outcome.reason())) {
            pending = new Pending(outcome.reason(), now);
            memory.pending = pending;
        }
        return Duration.between(now, pending.since().plus(grace));
    }

    private Next next(Run run, Outcome outcome) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        return switch (outcome) {
            case Outcome.Ready ready -> {
                memory.succeeded();
                yield new Next.After(memory.untilInterval(target.spec().effectiveInterval(), clock.instant()),
                        Cause.INTERVAL);
            }
            case Outcome.Waiting waiting -> new Next.After(waiting.retryAfter(), Cause.WAIT);
            case Outcome.Stalled stalled -> new Next.WhenWoken();
            case Outcome.Failed failed -> new Next.After(
                    run.isTransitory() ? memory.nextBackoff(retryInterval(target)) : retryInterval(target),
                    Cause.RETRY);
        };
    }

    private static Duration retryInterval(Target target) {
        return target.spec().effectiveRetryInterval();
    }
}
