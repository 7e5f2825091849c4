package dev.tenantry.reconciler.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.PastRun;

/** One run of a target as REST shows it. */
@Schema(name = "Run", description = "One run of a target, as the replica remembers it that did it")
record RunView(
        @Schema(description = "How it ended") OutcomeWord outcome,
        @Schema(description = "The reason of the Ready condition that it set", examples = "ReconciliationSucceeded") String reason,
        String message,
        @Schema(description = "The revision that it was about; none where there was none to be had")
        @Nullable String revision,
        @Schema(description = "Stands for the objects that were rendered; none where nothing was")
        @Nullable String digest,
        Counts counts,
        @Schema(description = "One line for each object that was changed", examples = "Deployment/team/web configured") List<String> actions,
        @Schema(description = "How long each stage took, in milliseconds, in the order of the stages", examples = "{\"build\": 41}") Map<String, Long> stageMilliseconds,
        @Schema(description = "How long all of it took, in milliseconds") long milliseconds,
        Instant startedAt) {

    /** How many objects a run created, changed, found as they should be, and deleted. */
    @Schema(name = "RunCounts")
    record Counts(int created, int configured, int unchanged, int pruned) {}

    static RunView of(PastRun run) {
        Map<String, Long> stages = new LinkedHashMap<>();
        run.durations().forEach((stage, duration) -> stages.put(stage.word(), millis(duration)));
        var counts = run.counts();
        return new RunView(OutcomeWord.of(run.outcome()), run.outcome().reason(), run.outcome().message(),
                run.revision(), run.digest(),
                new Counts(counts.created(), counts.configured(), counts.same(), counts.pruned()),
                run.actions(), stages, millis(run.total()), run.startedAt());
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
