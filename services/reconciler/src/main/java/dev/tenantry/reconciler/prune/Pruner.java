package dev.tenantry.reconciler.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.prune.ObjectRemover.Absent;
import dev.tenantry.reconciler.prune.ObjectRemover.Changed;
import dev.tenantry.reconciler.prune.ObjectRemover.Deleted;
import dev.tenantry.reconciler.prune.ObjectRemover.Present;
import dev.tenantry.reconciler.prune.ObjectRemover.Refused;

/**
 * Delete what left the source.
 * <p>
 * Only what both the inventory and the live object's owner labels call the target's own, and only in the very state
 * in which that was read. What others may still need goes last: definitions and namespaces.
 */
public final class Pruner {

    private static final List<Marker> STAYS = List.of(Marker.PRUNE_DISABLED, Marker.RECONCILE_DISABLED,
            Marker.SSA_IGNORE);
    /** A busy object may change between read and delete; after as many tries the next run goes on. */
    private static final int TRIES = 3;

    private final NamespacedName target;

    public Pruner(NamespacedName target) {
        this.target = target;
    }

    /**
     * Delete the given objects of an inventory; blocks until the API server has answered for each.
     *
     * @param kept objects that stay: an inventory may name one in a namespace that its kind turned out not to have, so
     *     what is found under an old name is looked up here before it goes
     */
    public PruneResult prune(Stream<ObjectRef> refs, Inventory inventory, Inventory kept, ObjectRemover remover) {
        var deleted = new ArrayList<ObjectRef>();
        var terminating = new ArrayList<ObjectRef>();
        var released = new ArrayList<ObjectRef>();
        var survivors = new TreeMap<ObjectRef, Refused>();
        refs.sorted(LAST_NEEDED_FIRST).forEach(ref -> {
            switch (remove(ref, inventory.entries().getOrDefault(ref, ""), kept, remover)) {
                case Removed removed -> deleted.add(ref);
                case Terminating terminates -> terminating.add(ref);
                case Released gone -> released.add(ref);
                case Survived survived -> survivors.put(ref, survived.reason());
            }
        });
        return new PruneResult(deleted, terminating, released, survivors);
    }

    private Fate remove(ObjectRef ref, String version, Inventory kept, ObjectRemover remover) {
        for (int i = 0; i < TRIES; i++) {
            switch (remover.find(ref, version).toCompletableFuture().join()) {
                case Absent absent -> {
                    return new Released();
                }
                case Refused refused -> {
                    return new Survived(refused);
                }
                case Present present -> {
                    if (kept.contains(present.live().ref()) || !mayDelete(present.live())) {
                        return new Released();
                    }
                    if (present.live().at("metadata", "deletionTimestamp").isTextual()) {
                        return new Terminating();
                    }
                    switch (remover.delete(present.live()).toCompletableFuture().join()) {
                        case Deleted done -> {
                            return new Removed();
                        }
                        case Refused refused -> {
                            return new Survived(refused);
                        }
                        case Changed changed -> {
                            // Read again: it may have become somebody else's.
                        }
                    }
                }
            }
        }
        return new Survived(new Refused("changed each time that it was about to be deleted", false));
    }

    /** Tell whether a live object is the target's own and says nothing against its deletion. */
    public boolean mayDelete(Manifest live) {
        return isOurs(live) && STAYS.stream().noneMatch(marker -> marker.isOn(live));
    }

    private boolean isOurs(Manifest live) {
        return OwnerLabels.ownerOf(live.labels()).filter(target::equals).isPresent();
    }

    private static final Comparator<ObjectRef> LAST_NEEDED_FIRST = Comparator
            .comparingInt((ObjectRef ref) -> switch (ref.kind()) {
                case "Namespace" -> 3;
                case "CustomResourceDefinition" -> 2;
                case "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount" -> 1;
                default -> 0;
            })
            .thenComparing(Comparator.naturalOrder());

    private sealed interface Fate {}

    private record Removed() implements Fate {}

    private record Terminating() implements Fate {}

    private record Released() implements Fate {}

    private record Survived(Refused reason) implements Fate {}
}
