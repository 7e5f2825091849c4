package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.plan.DriftGuard;
import dev.tenantry.reconciler.source.SourceRevision;

/**
 * What this replica remembers of a target between its runs.
 * <p>
 * Only the target's run changes it, and a target runs once at a time. Losing it costs one build and one apply.
 */
final class TargetMemory {

    private static final int RUNS = 10;
    private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(1);

    /** What was applied last, by object. Watches read it while runs write it. */
    final Map<ObjectRef, Applied> applied = new ConcurrentHashMap<>();
    final DriftGuard driftGuard;
    /** Objects whose drift is corrected at the interval only. */
    Set<ObjectRef> heldBack = Set.of();

    /** Objects that something which is not in git kept us from applying; none of them is in {@link #applied}. */
    Set<ObjectRef> leftAlone = Set.of();

    /** What the last run found that a build depends on besides files. */
    @Nullable
    RenderingKey key;
    /** The last build that is still good; read by others to tell which targets a revision touches. */
    volatile @Nullable Build build;
    /** Whether the last build was applied to the end; until then each run does it again. */
    boolean settled;
    /** Whether the build comes from another replica or an earlier life, and no run has looked at it yet. */
    volatile boolean restored;
    /** What the source offered when a run looked last; read by others to tell which targets are behind. */
    volatile @Nullable SourceRevision source;
    HealthState health = new HealthState.Unknown();
    /** Since when a deleted target waits for its objects to be gone. */
    @Nullable
    Instant terminatingSince;
    @Nullable
    Pending pending;
    /** When the next run at the interval is due; null until a run ends that plans it. */
    private @Nullable Instant intervalDue;
    /** A run whose end was not written: the status may lack its inventory, and nobody was told what it did. */
    @Nullable
    RunReport untold;
    private int failuresInARow;
    private final Deque<PastRun> runs = new ArrayDeque<>();

    TargetMemory(Clock clock) {
        this.driftGuard = new DriftGuard(clock);
    }

    /**
     * A build and all that it depended on.
     *
     * @param key stands for everything but the source's files: fields, variables, the worker
     * @param revision the newest revision at which the inputs are known to be the same
     * @param digest stands for the objects
     * @param failure how it failed, if it did: with the same inputs it would again
     */
    record Build(String key, String revision, RecordedInputs inputs, String digest, Outcome.@Nullable Failed failure) {

        Build at(String other) {
            return new Build(key, other, inputs, digest, failure);
        }
    }

    /** A wait whose status is written only if it lasts. */
    record Pending(String reason, Instant since) {}

    /** Give the pause before the next try of something that failed for no lasting reason. */
    Duration nextBackoff(Duration longest) {
        Duration backoff = SHORTEST_BACKOFF.multipliedBy(1L << Math.min(failuresInARow++, 16));
        return backoff.compareTo(longest) < 0 ? backoff : longest;
    }

    /** A run does all that is done at the interval: the next one begins with its end. */
    void intervalOver() {
        intervalDue = null;
    }

    /** Give how long the interval goes on: runs for other reasons, such as commits, do not put its end off. */
    Duration untilInterval(Duration interval, Instant now) {
        Instant latest = now.plus(interval);
        if (intervalDue == null || intervalDue.isAfter(latest)) {
            intervalDue = latest;
        }
        return intervalDue.isAfter(now) ? Duration.between(now, intervalDue) : Duration.ZERO;
    }

    void succeeded() {
        failuresInARow = 0;
    }

    void remember(RunReport report) {
        synchronized (runs) {
            runs.addFirst(PastRun.of(report));
            if (runs.size() > RUNS) {
                runs.removeLast();
            }
        }
    }

    /** Give the last runs, newest first. */
    List<PastRun> runs() {
        synchronized (runs) {
            return List.copyOf(runs);
        }
    }
}
