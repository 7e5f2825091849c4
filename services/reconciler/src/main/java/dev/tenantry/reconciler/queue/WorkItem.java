package dev.tenantry.reconciler.queue;

import java.util.EnumSet;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * A run that a target wants.
 *
 * @param target the Kustomization
 * @param team whose share of the workers it takes
 * @param lane how urgent it is
 * @param causes why; at least one
 */
public record WorkItem(NamespacedName target, String team, Lane lane, Set<Cause> causes) {

    private static final Set<Cause> WHAT_PEOPLE_DO = Set.of(Cause.SPEC, Cause.REVISION, Cause.REQUEST,
            Cause.VARIABLES, Cause.DELETION);

    private static final Set<Cause> END_OF_WAIT = Set.of(Cause.HEALTH);

    public WorkItem {
        if (causes.isEmpty()) {
            throw new IllegalArgumentException("work for " + target + " has no cause");
        }
        causes = Set.copyOf(causes);
    }

    public static WorkItem of(NamespacedName target, String team, Cause cause) {
        return new WorkItem(target, team, Lane.CHANGE, Set.of(cause));
    }

    public WorkItem in(Lane other) {
        return new WorkItem(target, team, other, causes);
    }

    /** Tell whether it is about what somebody has just changed, and not about the time, a wait, or a mere revision. */
    boolean isOfSomebodyAtWork() {
        return lane == Lane.CHANGE && causes.stream().anyMatch(WHAT_PEOPLE_DO::contains);
    }

    /** Tell whether all that happened is that what an earlier run waits for may have come. */
    boolean isEndOfWait() {
        return causes.equals(END_OF_WAIT);
    }

    /** Tell whether both may run at the same time. */
    boolean concurrentWith(WorkItem other) {
        return !target.equals(other.target);
    }

    /** Merge with an earlier item for the same target: every cause is kept, the more urgent lane wins. */
    WorkItem absorb(WorkItem earlier) {
        var all = EnumSet.copyOf(causes);
        all.addAll(earlier.causes);
        return new WorkItem(target, team, lane.compareTo(earlier.lane) <= 0 ? lane : earlier.lane, all);
    }
}
