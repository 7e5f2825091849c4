package dev.tenantry.reconciler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;

/**
 * Compare desired objects with the inventory and the cluster; a pure function.
 *
 * <pre>
 * desired | live           | remembered        | result
 * --------+----------------+-------------------+----------------------------------
 * yes     | other's, alive | any               | conflict
 * yes     | none known     | any               | create: MISSING; see ObjectWriter.create
 * yes     | ours           | nothing           | apply: UNKNOWN
 * yes     | ours           | other fingerprint | apply: CHANGED
 * yes     | ours           | same, not managed | apply: DRIFTED
 * yes     | ours           | same, managed     | unchanged
 * no      | any            | in the inventory  | prune
 * </pre>
 */
public final class Planner {

    private final NamespacedName target;
    private final Fingerprint fingerprint;

    public Planner(NamespacedName target, Fingerprint fingerprint) {
        this.target = target;
        this.fingerprint = fingerprint;
    }

    /**
     * @param desired objects in any order, no two with the same identity; those of a kind stay in it
     * @param all apply everything, whatever is remembered of it
     */
    public Plan plan(List<Manifest> desired, Inventory inventory, ClusterView cluster, boolean all) {
        var stages = new EnumMap<Stage, List<Change>>(Stage.class);
        var unchanged = new ArrayList<ObjectRef>();
        var skipped = new ArrayList<ObjectRef>();
        var conflicts = new TreeMap<ObjectRef, NamespacedName>();
        Map<ObjectRef, String> entries = new TreeMap<>();
        for (Manifest object : desired) {
            ObjectRef ref = object.ref();
            Optional<LiveObject> live = cluster.live(ref);
            Claim claim = live.map(known -> Claim.of(target, object, known, cluster::isAlive))
                    .orElseGet(() -> Claim.isLeftAlone(object) ? new Claim.LeftAlone() : new Claim.Free());
            switch (claim) {
                case Claim.LeftAlone alone -> {
                    skipped.add(ref);
                    // What is ours stays in the inventory: the marker says hands off, not give away.
                    if (inventory.contains(ref) || live.map(LiveObject::owner).filter(target::equals).isPresent()) {
                        entries.put(ref, object.version());
                    }
                    continue;
                }
                case Claim.Taken taken -> {
                    conflicts.put(ref, taken.owner());
                    continue;
                }
                case Claim.Free free -> {
                    // It is compared with what was applied.
                }
            }
            entries.put(ref, object.version());
            String print = fingerprint.of(object);
            Optional<Reason> reason = all
                    ? Optional.of(live.isPresent() ? Reason.REQUESTED : Reason.MISSING)
                    : reason(print, live, cluster.applied(ref));
            reason.ifPresentOrElse(
                    why -> stages.computeIfAbsent(Stage.of(ref), stage -> new ArrayList<>())
                            .add(new Change(object, print, why)),
                    () -> unchanged.add(ref));
        }
        var next = Inventory.of(entries);
        stages.values()
                .forEach(
                        stage -> stage.sort(Comparator.comparing(change -> change.object().ref(), KindOrder.OF_APPLY)));
        var prune = inventory.without(next).filter(ref -> !conflicts.containsKey(ref)).toList();
        return new Plan(List.copyOf(stages.values()), unchanged, skipped, conflicts, prune, next);
    }

    private static Optional<Reason> reason(String print, Optional<LiveObject> live, Optional<Applied> applied) {
        if (live.isEmpty()) {
            return Optional.of(Reason.MISSING);
        }
        if (applied.isEmpty()) {
            return Optional.of(Reason.UNKNOWN);
        }
        if (!applied.get().desired().equals(print)) {
            return Optional.of(Reason.CHANGED);
        }
        if (!applied.get().managed().equals(live.get().managed())) {
            return Optional.of(Reason.DRIFTED);
        }
        return Optional.empty();
    }
}
