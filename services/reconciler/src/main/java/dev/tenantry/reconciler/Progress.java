package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.inventory.Inventory;

/** Collect what a run does while it goes on; used by the run's own thread only. */
final class Progress {

    private final Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    private final List<String> actions = new ArrayList<>();
    private final Instant startedAt;
    private Counts counts = Counts.NONE;
    private long mark = System.nanoTime();

    Progress(Clock clock) {
        this.startedAt = clock.instant();
    }

    /** Tell also what an earlier run did whose end could not be written. */
    Progress after(@Nullable RunReport untold) {
        if (untold != null) {
            counted(untold.counts());
            actions.addAll(untold.actions());
        }
        return this;
    }

    /** Note that a stage has ended; it took the time since the one before ended. */
    void ended(Stage stage) {
        long now = System.nanoTime();
        durations.merge(stage, Duration.ofNanos(now - mark), Duration::plus);
        mark = now;
    }

    void counted(Counts more) {
        counts = counts.plus(more);
    }

    Counts counts() {
        return counts;
    }

    /** Note one change, such as {@code ConfigMap/team/settings created}. */
    void did(String action) {
        actions.add(action);
    }

    RunReport report(Target target, Outcome outcome, @Nullable String revision, @Nullable String digest,
            Inventory inventory) {
        return new RunReport(target, outcome, revision, digest, inventory, counts, actions, durations, startedAt);
    }
}
