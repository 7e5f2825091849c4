package dev.tenantry.reconciler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.Action;
import dev.tenantry.reconciler.apply.Applier;
import dev.tenantry.reconciler.apply.ApplyResult;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.plan.Change;
import dev.tenantry.reconciler.plan.Claim;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.Drift;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.Plan;
import dev.tenantry.reconciler.plan.Planner;
import dev.tenantry.reconciler.prune.PruneResult;
import dev.tenantry.reconciler.prune.Pruner;
import dev.tenantry.reconciler.source.Masker;

/** Bring rendered objects into the cluster: plan, apply, prune. */
final class Delivery {

    private static final Superseded ANOTHERS = new Superseded("another replica has the target now");

    private final Cluster cluster;
    private final StatusWriter statuses;
    private final StatusComposer composer;
    private final Applier applier;
    private final Fingerprint fingerprint;
    private final Predicate<NamespacedName> owned;

    /** @param owned tells the targets of this replica: what another one has got meanwhile is left to it */
    Delivery(Cluster cluster, StatusWriter statuses, StatusComposer composer, Applier applier,
            Fingerprint fingerprint, Predicate<NamespacedName> owned) {
        this.cluster = cluster;
        this.statuses = statuses;
        this.composer = composer;
        this.applier = applier;
        this.fingerprint = fingerprint;
        this.owned = owned;
    }

    /**
     * What a delivery is asked to do.
     *
     * @param desired the objects, complete with owner labels
     * @param all apply what is unchanged too
     * @param correctAll correct also drift that comes again and again
     */
    record Order(Account account, String revision, List<Manifest> desired, Masker masker, boolean all,
            boolean correctAll) {}

    /** How a delivery went. */
    sealed interface Result {}

    /**
     * Everything is applied and pruned.
     *
     * @param target as it is after the first status write
     * @param corrected objects that somebody else had changed or deleted
     * @param heldBack objects that somebody else changes again and again, left as they are
     */
    record Delivered(Target target, Inventory inventory, ApplyResult applied, Map<ObjectRef, Drift> corrected,
            Map<ObjectRef, Drift> heldBack) implements Result {}

    /** Not everything could be done; the inventory names all that may be in the cluster now. */
    record Undelivered(Target target, Inventory inventory, Outcome outcome, boolean transitory) implements Result {}

    /** Another replica works on this target. */
    record Superseded(String message) implements Result {}

    Result deliver(Target target, TargetMemory memory, Order order, Progress progress,
            Predicate<NamespacedName> isAlive) {
        Inventory wanted = Inventory.ofObjects(order.desired());
        Inventory inventory = Inventory.of(target.status());
        cluster.follow(wanted);
        var unread = cluster.look(order.account(), wanted, inventory);
        if (!unread.isEmpty()) {
            return new Undelivered(target, inventory, failed(lines(unread)), isTransitory(unread));
        }
        ClusterView view = view(memory, isAlive);
        Plan whole = new Planner(target.name(), fingerprint.by(order.account().toString())).plan(order.desired(),
                inventory, view,
                order.all());
        // Who changed an object is to be asked before our apply takes it back.
        Map<ObjectRef, Drift> corrected = corrections(whole, memory);
        Map<ObjectRef, Drift> heldBack = new HashMap<>();
        if (!order.correctAll()) {
            heldBack.putAll(corrected);
            heldBack.keySet().removeIf(memory.driftGuard::allows);
            corrected.keySet().removeAll(heldBack.keySet());
        }
        Plan plan = whole.without(heldBack.keySet());
        progress.ended(Stage.PLAN);

        Target current = target;
        Inventory union = inventory.union(plan.desired());
        // What turned out not to be ours was in no inventory, and most likely comes into none now.
        if (plan.desired().without(inventory).anyMatch(ref -> !memory.leftAlone.contains(ref))) {
            // Before anything is made: a kill in the middle must not leave objects that no inventory knows.
            switch (statuses.write(target, composer.started(target, order.revision(), union))) {
                case StatusWriter.Saved saved -> current = saved.target();
                case StatusWriter.Superseded superseded -> {
                    return new Superseded(superseded.message());
                }
                case StatusWriter.Unsaved unsaved -> {
                    return new Undelivered(target, inventory,
                            failed("cannot write the inventory: " + unsaved.message()), true);
                }
            }
        }
        if (!owned.test(target.name())) {
            return ANOTHERS;
        }
        ApplyResult applied = applier.apply(target.name(), plan, cluster.writer(order.account()), view);
        if (!plan.stages().isEmpty()) {
            // Kinds may be served only since this apply, whose definitions it brought.
            cluster.follow(plan.desired());
        }
        remember(applied, memory);
        report(applied, plan, progress);
        // What turned out to be there, and not ours to change, is ours only if it was before.
        Set<ObjectRef> others = new HashSet<>(applied.kept());
        others.addAll(applied.taken().keySet());
        memory.leftAlone = leftAlone(order.desired(), plan, others);
        others.removeIf(inventory::contains);
        union = union.except(others);
        if (!applied.isComplete()) {
            return new Undelivered(current, union, failed(order.masker().mask(failures(applied))),
                    isTransitory(applied.failures()));
        }
        var conflicts = new TreeMap<>(plan.conflicts());
        conflicts.putAll(applied.taken());
        if (!conflicts.isEmpty()) {
            return new Undelivered(current, union, conflict(conflicts), false);
        }
        corrected.keySet().retainAll(applied.written().stream().map(ApplyResult.Result::ref).toList());
        corrected.keySet().forEach(memory.driftGuard::corrected);
        // Somebody may have changed an object and changed it back, or not it but what we know of it: that is no news.
        applied.written()
                .stream()
                .filter(each -> each.action() == Action.UNCHANGED)
                .forEach(each -> corrected.remove(each.ref()));
        Inventory after = placed(plan.desired(), applied).except(others);
        // What is deleted by us, or released, or nobody's to change is no drift.
        memory.applied.keySet().retainAll(after.entries().keySet());
        memory.applied.keySet().removeAll(plan.skipped());
        memory.applied.keySet().removeAll(memory.leftAlone);
        if (target.spec().prune() && !plan.prune().isEmpty()) {
            if (!owned.test(target.name())) {
                return ANOTHERS;
            }
            PruneResult pruned = new Pruner(target.name(), applier.inFlight()).prune(plan.prune().stream(), inventory,
                    after,
                    cluster.remover(order.account()));
            report(pruned, progress);
            if (!pruned.isComplete()) {
                return new Undelivered(current, after.union(inventory.only(pruned.survivors().keySet())),
                        new Outcome.Failed(Reason.PRUNE_FAILED, pruned.complaint()), false);
            }
        }
        return new Delivered(current, after, applied, corrected, heldBack);
    }

    /** List what was left alone for another reason than its own marker in git, and so may be applied one day. */
    private static Set<ObjectRef> leftAlone(List<Manifest> desired, Plan plan, Set<ObjectRef> others) {
        Set<ObjectRef> refs = new HashSet<>(plan.skipped());
        desired.stream().filter(Claim::isLeftAlone).map(Manifest::ref).forEach(refs::remove);
        refs.addAll(others);
        return refs;
    }

    /** Name the objects as the API server does, which may know better where they live. */
    private static Inventory placed(Inventory desired, ApplyResult applied) {
        Map<ObjectRef, String> entries = new HashMap<>(desired.entries());
        for (ApplyResult.Result each : applied.written()) {
            Manifest sent = each.change().object();
            entries.remove(sent.ref());
            entries.put(each.ref(), sent.version());
        }
        return Inventory.of(entries);
    }

    private Map<ObjectRef, Drift> corrections(Plan plan, TargetMemory memory) {
        Map<ObjectRef, Drift> corrections = new HashMap<>();
        plan.changes()
                .stream()
                .filter(change -> isCorrection(change, memory))
                .map(Change::object)
                .forEach(object -> corrections.put(object.ref(), Drift.of(object, cluster.live(object.ref()))));
        return corrections;
    }

    private static boolean isCorrection(Change change, TargetMemory memory) {
        return switch (change.reason()) {
            case DRIFTED -> true;
            case MISSING -> memory.applied.containsKey(change.object().ref());
            case CHANGED, UNKNOWN, REQUESTED -> false;
        };
    }

    private static void remember(ApplyResult applied, TargetMemory memory) {
        applied.written()
                .forEach(each -> memory.applied.put(each.ref(),
                        new Applied(each.change().fingerprint(), each.written().managed())));
        // What failed may be half of what it was or of what it shall be.
        applied.failures().keySet().forEach(memory.applied::remove);
    }

    private static void report(ApplyResult applied, Plan plan, Progress progress) {
        progress.counted(new Counts((int) applied.count(Action.CREATED), (int) applied.count(Action.CONFIGURED),
                (int) applied.count(Action.UNCHANGED), plan.unchanged().size(), 0));
        applied.written()
                .stream()
                .filter(each -> each.action() != Action.UNCHANGED)
                .forEach(each -> progress.did(each.ref() + " " + each.action().word()));
        progress.ended(Stage.APPLY);
    }

    private static void report(PruneResult pruned, Progress progress) {
        pruned.deleted().forEach(ref -> progress.did(ref + " deleted"));
        progress.counted(Counts.ofPruned(pruned.deleted().size()));
        progress.ended(Stage.PRUNE);
    }

    private ClusterView view(TargetMemory memory, Predicate<NamespacedName> isAlive) {
        return new ClusterView() {

            @Override
            public Optional<LiveObject> live(ObjectRef ref) {
                return cluster.live(ref);
            }

            @Override
            public Optional<Applied> applied(ObjectRef ref) {
                return Optional.ofNullable(memory.applied.get(ref));
            }

            @Override
            public boolean isAlive(NamespacedName kustomization) {
                return isAlive.test(kustomization);
            }
        };
    }

    private static boolean isTransitory(Map<ObjectRef, NotWritten> failures) {
        return failures.values().stream().allMatch(NotWritten::transitory);
    }

    private static String lines(Map<ObjectRef, NotWritten> failures) {
        return failures.entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().message())
                .collect(Collectors.joining("\n"));
    }

    private static String failures(ApplyResult applied) {
        String failures = lines(applied.failures());
        return applied.notTried().isEmpty()
                ? failures
                : failures + "\n" + applied.notTried().size() + " objects of later stages wait for these";
    }

    private static Outcome.Failed conflict(Map<ObjectRef, NamespacedName> conflicts) {
        return new Outcome.Failed(Reason.CONFLICT, conflicts
                .entrySet()
                .stream()
                .map(entry -> "%s belongs to Kustomization/%s: remove it from one of the two"
                        .formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n")));
    }

    private static Outcome.Failed failed(String message) {
        return new Outcome.Failed(Reason.RECONCILIATION_FAILED, message);
    }
}
