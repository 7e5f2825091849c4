package dev.tenantry.kubernetes.ownership;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Which objects this replica owns: those whose key hashes to a partition that it has.
 *
 * <p>The service's Kafka rebalance listener tells the partitions by {@link #assigned}, {@link #revoked} and
 * {@link #lost}; a {@link LeaseElection} stands in while there is no broker. Two replicas can own the same object for a
 * while (one kept its partitions when the broker went, another took the Lease), so an owner's first write must be
 * conditional on the resourceVersion.
 *
 * <p>Safe for use by several threads. {@link #owns} takes no lock.
 */
public final class Ownership {

    private static final System.Logger LOGGER = System.getLogger(Ownership.class.getName());

    /**
     * Told of each change, in order, after {@link Ownership#owns} answers by it.
     *
     * <p>Called on the thread that changed the ownership (a Kafka consumer's, say) under a lock: it must only queue work.
     */
    public interface Listener {

        /** Take over partitions: look at each of their objects again, whatever was missed. */
        void gained(Set<Integer> partitions);

        /** Let partitions go: start nothing more for their objects. */
        void lost(Set<Integer> partitions);
    }

    private final int partitionCount;
    private final ToIntFunction<NamespacedName> partitionOf;
    private final Duration patience;
    private final Clock clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private volatile Set<Integer> owned = Set.of();

    /**
     * Own nothing yet.
     *
     * @param partitionCount the number of partitions of the topic whose assignment is the ownership
     * @param partitionOf the partition of an object's key, as Kafka's producers choose it
     * @param patience how long to wait for an assignment before the Lease decides
     * @param clock the time, for patience
     */
    public Ownership(int partitionCount, ToIntFunction<NamespacedName> partitionOf, Duration patience, Clock clock) {
        this.partitionCount = partitionCount;
        this.partitionOf = partitionOf;
        this.patience = patience;
        this.clock = clock;
        this.state = new State.Unassigned(clock.instant());
    }

    /** Tell whether this replica owns the object. */
    public boolean owns(NamespacedName key) {
        return owned.contains(partitionOf(key));
    }

    /** Tell the partition of an object's key. */
    public int partitionOf(NamespacedName key) {
        return partitionOf.applyAsInt(key);
    }

    /** List the partitions that this replica owns now. */
    public Set<Integer> partitions() {
        return owned;
    }

    /** Say in a few words, for health's detail, what the ownership rests on. */
    public String describe() {
        return switch (state) {
            case State.Unassigned unassigned -> "waits for the broker since " + unassigned.since();
            case State.Assigned assigned -> "has " + assigned.partitions().size() + " of " + partitionCount
                    + " partitions";
            case State.Seeking seeking -> "has no broker and not the Lease";
            case State.Holding holding -> "has no broker and holds the Lease: owns all";
        };
    }

    /** Add a listener; it hears of later changes only. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Add partitions that the broker assigned; empty if there are more replicas than partitions.
     *
     * <p>With a cooperative assignor the added ones, with an eager one all: both are right, since eager rebalances revoke
     * all before.
     */
    public synchronized void assigned(Collection<Integer> partitions) {
        change(switch (state) {
            case State.Unassigned unassigned -> unassigned.assigned(partitions);
            case State.Assigned assigned -> assigned.assigned(partitions);
            case State.Seeking seeking -> seeking.assigned(partitions);
            case State.Holding holding -> holding.assigned(partitions);
        });
    }

    /** Withdraw partitions that the broker revoked in a rebalance. */
    public synchronized void revoked(Collection<Integer> partitions) {
        withdraw(partitions);
    }

    /** Withdraw partitions that another replica may already have, since this one was silent for too long. */
    public synchronized void lost(Collection<Integer> partitions) {
        withdraw(partitions);
    }

    /** Tell whether the Lease decides now: there was no assignment for longer than the patience. */
    synchronized boolean seeksLease() {
        if (state instanceof State.Unassigned unassigned
                && !clock.instant().isBefore(unassigned.since().plus(patience))) {
            change(unassigned.outOfPatience());
        }
        return switch (state) {
            case State.Seeking seeking -> true;
            case State.Holding holding -> true;
            case State.Unassigned unassigned -> false;
            case State.Assigned assigned -> false;
        };
    }

    /** Own everything, unless the broker has answered meanwhile. */
    synchronized void leaseAcquired() {
        if (state instanceof State.Seeking seeking) {
            change(seeking.leaseAcquired());
        }
    }

    /** Own nothing by the Lease any more. */
    synchronized void leaseLost() {
        if (state instanceof State.Holding holding) {
            change(holding.leaseLost());
        }
    }

    private void withdraw(Collection<Integer> partitions) {
        // A consumer revokes an empty set before its first assignment: that ends no one's Lease.
        if (state instanceof State.Assigned assigned) {
            change(assigned.withdrawn(partitions, clock.instant()));
        }
    }

    private void change(State next) {
        Set<Integer> before = owned;
        Set<Integer> after = switch (next) {
            case State.Assigned assigned -> assigned.partitions();
            case State.Holding holding -> IntStream.range(0, partitionCount).boxed().collect(Collectors.toSet());
            case State.Unassigned unassigned -> Set.of();
            case State.Seeking seeking -> Set.of();
        };
        state = next;
        owned = Set.copyOf(after);
        Set<Integer> lost = without(before, after);
        Set<Integer> gained = without(after, before);
        for (Listener listener : listeners) {
            tell(listener, lost, gained);
        }
    }

    private static void tell(Listener listener, Set<Integer> lost, Set<Integer> gained) {
        try {
            if (!lost.isEmpty()) {
                listener.lost(lost);
            }
            if (!gained.isEmpty()) {
                listener.gained(gained);
            }
        } catch (RuntimeException e) {
            // A bug of one listener must keep neither the others nor Kafka's consumer from their rebalance.
            LOGGER.log(Level.ERROR, "A listener of the ownership failed", e);
        }
    }

    private static Set<Integer> without(Set<Integer> partitions, Set<Integer> others) {
        Set<Integer> rest = new TreeSet<>(partitions);
        rest.removeAll(others);
        return rest;
    }
}
