package dev.tenantry.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.RunReport.Stage;

/**
 * What is kept of a run: its report without the object and the inventory, of which there are thousands.
 *
 * @param outcome how it ended
 * @param revision the revision that it was about; null where none was to be had
 * @param digest stands for the objects that were rendered; null where nothing was
 * @param counts of objects
 * @param actions one line for each object that was changed
 * @param durations of the stages, in order
 * @param startedAt when it started
 */
public record PastRun(Outcome outcome, @Nullable String revision, @Nullable String digest, Counts counts,
        List<String> actions, Map<Stage, Duration> durations, Instant startedAt) {

    static PastRun of(RunReport report) {
        return new PastRun(report.outcome(), report.revision(), report.digest(), report.counts(), report.actions(),
                report.durations(), report.startedAt());
    }

    public Duration total() {
        return RunReport.total(durations);
    }
}
