package dev.tenantry.kubernetes.ownership;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a replica's ownership rests on.
 *
 * <pre>
 *                 assigned                          assigned
 *   Unassigned ─────────────► Assigned ◄──────────────┬──────────────┐
 *      │  ▲                      │                    │              │
 *      │  └──────────────────────┘                    │              │
 *      │     revoked or lost the last              Seeking ─────► Holding
 *      └────────────────────────────────────────────► ▲   lease      │
 *                     patience is over                └──────────────┘
 *                                                       lease is lost
 * </pre>
 *
 * A replica that has partitions when the broker goes stays {@code Assigned}: its consumer hears nothing, so neither does
 * this.
 */
sealed interface State {

    /** No assignment yet, or none any more, since a moment. */
    record Unassigned(Instant since) implements State {

        Assigned assigned(Collection<Integer> partitions) {
            return new Assigned(partitions);
        }

        Seeking outOfPatience() {
            return new Seeking();
        }
    }

    /** The broker has assigned these partitions; possibly none, where there are more replicas than partitions. */
    record Assigned(Set<Integer> partitions) implements State {

        Assigned(Collection<Integer> partitions) {
            this(Set.copyOf(partitions));
        }

        Assigned assigned(Collection<Integer> added) {
            Set<Integer> all = new TreeSet<>(partitions);
            all.addAll(added);
            return new Assigned(all);
        }

        State withdrawn(Collection<Integer> removed, Instant now) {
            Set<Integer> rest = new TreeSet<>(partitions);
            rest.removeAll(removed);
            return rest.isEmpty() ? new Unassigned(now) : new Assigned(rest);
        }
    }

    /** The broker did not answer in time: the replica tries for the Lease. */
    record Seeking() implements State {

        Assigned assigned(Collection<Integer> partitions) {
            return new Assigned(partitions);
        }

        Holding leaseAcquired() {
            return new Holding();
        }
    }

    /** The replica has the Lease and so owns everything until the broker answers. */
    record Holding() implements State {

        Assigned assigned(Collection<Integer> partitions) {
            return new Assigned(partitions);
        }

        Seeking leaseLost() {
            return new Seeking();
        }
    }
}
