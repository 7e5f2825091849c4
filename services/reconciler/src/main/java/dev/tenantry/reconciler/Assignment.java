package dev.tenantry.reconciler;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;

/**
 * Which targets this replica works on: those of partitions that it owns and whose build records it has read.
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
    private final Set<Integer> active = ConcurrentHashMap.newKeySet();

    /** @param executor reads the records, which blocks */
    public Assignment(Ownership ownership, BuildRecords records, Supplier<Reconciler> reconciler, Executor executor) {
        this.ownership = ownership;
        this.records = records;
        this.reconciler = reconciler;
        this.executor = executor;
        ownership.listen(this);
    }

    /** Tell whether this replica works on a target. */
    public boolean owns(NamespacedName target) {
        return active.contains(ownership.partitionOf(target));
    }

    @Override
    public void gained(Set<Integer> partitions) {
        Set<Integer> copy = Set.copyOf(partitions);
        executor.execute(() -> activate(copy));
    }

    private void activate(Set<Integer> partitions) {
        Map<NamespacedName, RememberedBuild> remembered = records.load(partitions);
        // Some may have gone to another replica while the records were read.
        var still = partitions.stream().filter(ownership.partitions()::contains).toList();
        remembered.forEach((target, build) -> {
            if (still.contains(ownership.partitionOf(target))) {
                reconciler.get().restore(target, build);
            }
        });
        active.addAll(still);
        LOGGER.info("took over partitions count={} records={}", still.size(), remembered.size());
        reconciler.get().resync(target -> still.contains(ownership.partitionOf(target)));
    }

    @Override
    public void lost(Set<Integer> partitions) {
        active.removeAll(partitions);
        Set<Integer> copy = Set.copyOf(partitions);
        try {
            executor.execute(() -> reconciler.get()
                    .release(target -> copy.contains(ownership.partitionOf(target)) && !owns(target)));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("this replica stops, and forgets everything with that", e);
        }
    }
}
