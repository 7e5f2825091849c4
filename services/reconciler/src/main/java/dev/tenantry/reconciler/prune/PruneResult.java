package dev.tenantry.reconciler.prune;

import java.util.List;
import java.util.SortedMap;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * What became of the objects that were to go.
 *
 * @param deleted objects that this run deleted
 * @param released objects that were gone already, belong to somebody else, or are marked to stay; no longer ours
 * @param survivors objects that are still there though they should not be, with the reason; they stay in the inventory
 */
public record PruneResult(List<ObjectRef> deleted, List<ObjectRef> released, SortedMap<ObjectRef, String> survivors) {

    public boolean isComplete() {
        return survivors.isEmpty();
    }
}
