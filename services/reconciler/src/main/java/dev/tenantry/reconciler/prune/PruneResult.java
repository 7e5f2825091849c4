package dev.tenantry.reconciler.prune;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.prune.ObjectRemover.Refused;

/**
 * What became of the objects that were to go.
 *
 * @param deleted objects that this run deleted
 * @param terminating objects that somebody has deleted already, and that are not gone yet
 * @param released objects that were gone already, belong to somebody else, or are marked to stay; no longer ours
 * @param survivors objects that are still there though they should not be, with the reason; they stay in the inventory
 */
public record PruneResult(List<ObjectRef> deleted, List<ObjectRef> terminating, List<ObjectRef> released,
        SortedMap<ObjectRef, Refused> survivors) {

    public boolean isComplete() {
        return survivors.isEmpty();
    }

    /** Name what was there a moment ago, and may be so still. */
    public Set<ObjectRef> going() {
        var going = new HashSet<>(deleted);
        going.addAll(terminating);
        return going;
    }

    /** Tell whether nothing but missing rights kept the survivors from being deleted. */
    public boolean lacksRightsOnly() {
        return survivors.values().stream().allMatch(Refused::forbidden);
    }

    /** Name each survivor with its reason, one a line. */
    public String complaint() {
        return survivors.entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().message())
                .collect(Collectors.joining("\n"));
    }
}
