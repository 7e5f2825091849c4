package dev.tenantry.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.inventory.Inventory;

/**
 * What a run did and how it ended.
 *
 * @param target the Kustomization as the run read it
 * @param outcome how it ended
 * @param revision the revision that it was about; null where none was to be had
 * @param digest stands for the objects that were rendered; null where nothing was
 * @param inventory what is in the cluster now
 * @param counts of objects
 * @param actions one line for each object that was changed, as Flux's events have it
 * @param durations of the stages, in order
 * @param startedAt when it started
 */
public record RunReport(Target target, Outcome outcome, @Nullable String revision, @Nullable String digest,
        Inventory inventory, Counts counts, List<String> actions, Map<Stage, Duration> durations, Instant startedAt) {

    public RunReport {
        actions = List.copyOf(actions);
        durations = Collections.unmodifiableMap(new LinkedHashMap<>(durations));
    }

    /** The stages of a run, in order. */
    public enum Stage {
        SOURCE, BUILD, PLAN, APPLY, PRUNE, HEALTH;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many objects a run did what with.
     *
     * @param confirmed applied, and already as they should be
     * @param unchanged not applied, since they are known to be as they should be
     */
    public record Counts(int created, int configured, int confirmed, int unchanged, int pruned) {

        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public static Counts ofPruned(int pruned) {
            return new Counts(0, 0, 0, 0, pruned);
        }

        /** Count what is as it should be, whether or not that took a request. */
        public int same() {
            return confirmed + unchanged;
        }

        public Counts plus(Counts other) {
            return new Counts(created + other.created, configured + other.configured, confirmed + other.confirmed,
                    unchanged + other.unchanged, pruned + other.pruned);
        }

        public Counts minus(Counts other) {
            return new Counts(created - other.created, configured - other.configured, confirmed - other.confirmed,
                    unchanged - other.unchanged, pruned - other.pruned);
        }

        public boolean changedSomething() {
            return created + configured + pruned > 0;
        }
    }

    public Duration total() {
        return total(durations);
    }

    static Duration total(Map<Stage, Duration> durations) {
        return durations.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
