package dev.tenantry.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A run of a target ended.
 *
 * @param target the target object
 * @param outcome how it ended
 * @param reason the Ready condition's reason, PascalCase
 * @param revision the source revision that the run was for, or null if the source had none
 * @param counts what the run did to objects
 * @param durations the time that each stage took, by the stage's name, in the order in which they ran
 * @param startedAt when the run began
 */
public record TargetReconciled(Subject target, Outcome outcome, String reason, @Nullable String revision, Counts counts,
        Map<String, Duration> durations, Instant startedAt) implements Event {

    public static final String TYPE = "dev.tenantry.target-reconciled.v1";

    public TargetReconciled {
        Require.present(target, "target");
        Require.present(outcome, "outcome");
        Require.reason(reason, "reason");
        Require.revisionOrNull(revision, "revision");
        Require.present(counts, "counts");
        durations = Collections.unmodifiableMap(new LinkedHashMap<>(Require.present(durations, "durations")));
        durations.forEach((stage, duration) -> {
            Require.text(stage, "durations' stage");
            Require.that(!duration.isNegative(), "duration of %s is negative: %s", stage, duration);
        });
        Require.present(startedAt, "startedAt");
    }

    /** How a run ended. */
    public enum Outcome {
        /** The target is as its source says. */
        @JsonProperty("ready")
        READY,
        /** It waits for a dependency, a source or health, and goes on by itself. */
        @JsonProperty("waiting")
        WAITING,
        /** It will not go on before its spec or its source changes. */
        @JsonProperty("stalled")
        STALLED,
        /** It failed and is tried again. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * What a run did to objects, each counted once.
     *
     * @param created objects that were not there
     * @param configured objects that were changed
     * @param unchanged objects that were as wanted
     * @param pruned objects that were deleted
     */
    public record Counts(int created, int configured, int unchanged, int pruned) {

        public Counts {
            Require.that(created >= 0 && configured >= 0 && unchanged >= 0 && pruned >= 0,
                    "a count is negative: created %s, configured %s, unchanged %s, pruned %s", created, configured,
                    unchanged, pruned);
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.TARGETS;
    }

    @Override
    public Subject subject() {
        return target;
    }

    /** Tell when the run ended: its start and the sum of its stages. */
    @Override
    public Instant occurredAt() {
        return startedAt.plus(durations.values().stream().reduce(Duration.ZERO, Duration::plus));
    }
}
