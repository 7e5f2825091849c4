package dev.tenantry.reconciler.plan;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;

/**
 * What a run does to the cluster, and what it leaves alone.
 *
 * @param stages what is applied, in order; no stage is empty
 * @param unchanged objects that need no request
 * @param skipped objects whose own markers say that they are not to be applied
 * @param conflicts objects that belong to another Kustomization that is alive
 * @param prune objects of the inventory that the source no longer has
 * @param desired the inventory when all is done
 */
public record Plan(List<List<Change>> stages, List<ObjectRef> unchanged, List<ObjectRef> skipped,
        SortedMap<ObjectRef, NamespacedName> conflicts, List<ObjectRef> prune, Inventory desired) {

    /** Give all changes in the order in which they are applied. */
    public List<Change> changes() {
        return stages.stream().flatMap(List::stream).toList();
    }

    /** Leave the changes of some objects out. */
    public Plan without(Set<ObjectRef> refs) {
        if (refs.isEmpty()) {
            return this;
        }
        var fewer = stages.stream()
                .map(stage -> stage.stream().filter(change -> !refs.contains(change.object().ref())).toList())
                .filter(stage -> !stage.isEmpty())
                .toList();
        return new Plan(fewer, unchanged, skipped, conflicts, prune, desired);
    }
}
