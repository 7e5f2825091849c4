package dev.tenantry.reconciler.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.KindOrder;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.prune.ObjectRemover.Absent;
import dev.tenantry.reconciler.prune.ObjectRemover.Changed;
import dev.tenantry.reconciler.prune.ObjectRemover.Deleted;
import dev.tenantry.reconciler.prune.ObjectRemover.Present;
import dev.tenantry.reconciler.prune.ObjectRemover.Refused;
import dev.tenantry.reconciler.prune.ObjectRemover.Removal;

/**
 * Delete what left the source.
 * <p>
 * Only what both the inventory and the live object's owner labels call the target's own, and only in the very state
 * in which that was read. What others may still need goes last: definitions and namespaces.
 */
public final class Pruner {

    /** The markers that keep an object from being deleted, in git or on the live one. */
    public static final List<Marker> STAYS = List.of(Marker.PRUNE_DISABLED, Marker.RECONCILE_DISABLED,
            Marker.SSA_IGNORE);
    /** A busy object may change between read and delete; after as many tries the next run goes on. */
    private static final int TRIES = 3;

    private final NamespacedName target;
    private final InFlight inFlight;

    /** @param inFlight bounds the deletes under way at once */
    public Pruner(NamespacedName target, InFlight inFlight) {
        this.target = target;
        this.inFlight = inFlight;
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
        var turns = refs.sorted(KindOrder.OF_APPLY.reversed().thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.groupingBy(Pruner::turn, TreeMap::new, Collectors.toList()));
        for (List<ObjectRef> turn : turns.values()) {
            for (Done done : inFlight.each(turn, ref -> remove(ref, inventory, kept, remover))) {
                switch (done.fate()) {
                    case Removed removed -> deleted.add(done.ref());
                    case Terminating terminates -> terminating.add(done.ref());
                    case Released gone -> released.add(done.ref());
                    case Survived survived -> survivors.put(done.ref(), survived.reason());
                }
            }
        }
        return new PruneResult(deleted, terminating, released, survivors);
    }

    private CompletionStage<Done> remove(ObjectRef ref, Inventory inventory, Inventory kept, ObjectRemover remover) {
        var request = new Request(ref, inventory.entries().getOrDefault(ref, ""), kept, remover);
        // What watches tell is enough where it says that the object may go: if it has changed since, it is not deleted.
        return remover.known(ref)
                .filter(known -> !kept.contains(ref) && mayDelete(known))
                .map(known -> remover.delete(ref, request.version, known)
                        .thenCompose(removal -> after(removal, request, TRIES)))
                .orElseGet(() -> read(request, TRIES))
                .thenApply(fate -> new Done(ref, fate));
    }

    private record Request(ObjectRef ref, String version, Inventory kept, ObjectRemover remover) {}

    private CompletionStage<Fate> read(Request request, int tries) {
        return request.remover.find(request.ref, request.version).thenCompose(found -> switch (found) {
            case Absent absent -> done(new Released());
            case Refused refused -> done(new Survived(refused));
            case Present present -> {
                Manifest live = present.live();
                if (request.kept.contains(live.ref()) || !mayDelete(target, live)) {
                    yield done(new Released());
                }
                yield live.at("metadata", "deletionTimestamp").isTextual()
                        ? done(new Terminating())
                        : request.remover.delete(live).thenCompose(removal -> after(removal, request, tries - 1));
            }
        });
    }

    private CompletionStage<Fate> after(Removal removal, Request request, int tries) {
        return switch (removal) {
            case Deleted deleted -> done(new Removed());
            case Refused refused -> done(new Survived(refused));
            // Read again: it may have become somebody else's.
            case Changed changed -> tries > 0
                    ? read(request, tries)
                    : done(new Survived(new Refused("changed each time that it was about to be deleted", false)));
        };
    }

    private static CompletionStage<Fate> done(Fate fate) {
        return CompletableFuture.completedFuture(fate);
    }

    private boolean mayDelete(LiveObject known) {
        return target.equals(known.owner()) && known.deletion() == Deletion.ALLOWED;
    }

    /** Tell whether a live object is the target's own and says nothing against its deletion. */
    public static boolean mayDelete(NamespacedName target, Manifest live) {
        return OwnerLabels.ownerOf(live.labels()).filter(target::equals).isPresent()
                && STAYS.stream().noneMatch(marker -> marker.isOn(live));
    }

    /** Order the deletes by kind: what others may need goes after them. */
    private static int turn(ObjectRef ref) {
        return switch (ref.kind()) {
            case "Namespace" -> 3;
            case "CustomResourceDefinition" -> 2;
            case "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount" -> 1;
            default -> 0;
        };
    }

    private record Done(ObjectRef ref, Fate fate) {}

    private sealed interface Fate {}

    private record Removed() implements Fate {}

    private record Terminating() implements Fate {}

    private record Released() implements Fate {}

    private record Survived(Refused reason) implements Fate {}
}
