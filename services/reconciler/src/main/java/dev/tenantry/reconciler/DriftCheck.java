package dev.tenantry.reconciler;

import java.util.Map;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Applied;

/**
 * Tell whether what a target applied is still in the cluster as it was applied; costs no request.
 * <p>
 * It looks at the state of things, not at what was told of it: an event that came while the target was suspended, waited
 * or ran is not lost by that.
 */
final class DriftCheck {

    private final Cluster cluster;

    DriftCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Tell whether nothing has changed, as far as watches tell, but for what is corrected at the interval only. */
    boolean isSteady(TargetMemory memory) {
        return memory.applied.entrySet()
                .stream()
                .allMatch(each -> memory.heldBack.contains(each.getKey()) || isAsApplied(each));
    }

    /** Tell whether nothing has changed and nothing is left to the interval: held back, left alone, or not watched. */
    boolean isSteadyAtInterval(Target target, TargetMemory memory) {
        Inventory inventory = Inventory.of(target.status());
        return memory.leftAlone.isEmpty() && memory.applied.entrySet()
                .stream()
                .allMatch(each -> isAsApplied(each)
                        && cluster.isFollowed(each.getKey(), inventory.entries().getOrDefault(each.getKey(), "")));
    }

    /** Tell whether all that is remembered of an earlier life is in the cluster; blocks until that is known. */
    boolean isRestored(Target target, TargetMemory memory) {
        Inventory inventory = Inventory.of(target.status());
        cluster.follow(inventory);
        return memory.applied.keySet().containsAll(inventory.entries().keySet()) && isSteady(memory);
    }

    private boolean isAsApplied(Map.Entry<ObjectRef, Applied> each) {
        return cluster.live(each.getKey()).filter(live -> each.getValue().managed().equals(live.managed())).isPresent();
    }
}
