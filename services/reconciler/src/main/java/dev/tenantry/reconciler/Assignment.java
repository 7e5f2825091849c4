package dev.tenantry.reconciler;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;

/**
 * Which targets this replica works on: those of partitions that it owns and whose build records it has read, or tried
 * to.
 * <p>
 * A partition that comes is resynced, level-triggered: whatever happened while nobody had it is found. One that goes is
 * forgotten.
 */
public final class Assignment implements Ownership.Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(Assignment.class);

    private final Ownership ownership;
    private final BuildRecords records;
    private final Supplier<Reconciler> reconciler;
    private final Executor executor;
    /** The time for which a partition is ours; one that goes and comes back has another. */
    private final Map<Integer, Tenure> tenures = new ConcurrentHashMap<>();

    /** @param executor reads the records, which blocks */
    public Assignment(Ownership ownership, BuildRecords records, Supplier<Reconciler> reconciler, Executor executor) {
        this.ownership = ownership;
        this.records = records;
        this.reconciler = reconciler;
        this.executor = executor;
        ownership.listen(this);
    }

    private static final class Tenure {

        private volatile boolean active;
    }

    /** Tell whether this replica works on a target. */
    public boolean owns(NamespacedName target) {
        Tenure tenure = tenures.get(ownership.partitionOf(target));
        return tenure != null && tenure.active;
    }

    @Override
    public void gained(Set<Integer> partitions) {
        Set<Integer> copy = Set.copyOf(partitions);
        var tenure = new Tenure();
        copy.forEach(partition -> tenures.put(partition, tenure));
        execute(() -> activate(copy, tenure));
    }

    @Override
    public void lost(Set<Integer> partitions) {
        Set<Integer> copy = Set.copyOf(partitions);
        tenures.keySet().removeAll(copy);
        execute(() -> release(copy));
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("this replica stops, and forgets everything with that", e);
        }
    }

    private void activate(Set<Integer> partitions, Tenure tenure) {
        Map<NamespacedName, RememberedBuild> remembered = load(partitions);
        // Some may have gone to another replica while the records were read.
        Set<Integer> still = partitions.stream()
                .filter(partition -> tenures.get(partition) == tenure)
                .collect(Collectors.toSet());
        remembered.forEach((target, build) -> {
            if (isIn(still).test(target)) {
                reconciler.get().restore(target, build);
            }
        });
        tenure.active = true;
        LOGGER.info("took over partitions count={} records={}", still.size(), remembered.size());
        reconciler.get().resync(isIn(still));
        // What went while it was restored.
        release(partitions);
    }

    private Map<NamespacedName, RememberedBuild> load(Set<Integer> partitions) {
        try {
            return records.load(partitions);
        } catch (RuntimeException e) {
            // Records save work, no more: without them a partition must not stay without an owner.
            LOGGER.error("build records cannot be read, so each target is built once more", e);
            return Map.of();
        }
    }

    private void release(Set<Integer> partitions) {
        reconciler.get().release(isIn(partitions).and(target -> !owns(target)));
    }

    private Predicate<NamespacedName> isIn(Set<Integer> partitions) {
        return target -> partitions.contains(ownership.partitionOf(target));
    }
}
