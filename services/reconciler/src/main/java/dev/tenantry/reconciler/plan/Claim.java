package dev.tenantry.reconciler.plan;

import java.util.function.Predicate;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.NamespacedName;

/** Whether a target may change an object that is in the cluster. */
public sealed interface Claim {

    /** It may. */
    record Free() implements Claim {}

    /** A marker, of the source's object or of the live one, keeps everybody from changing it. */
    record LeftAlone() implements Claim {}

    /** @param owner the Kustomization that is alive and has it */
    record Taken(NamespacedName owner) implements Claim {}

    /** Decide; a pure function. */
    static Claim of(NamespacedName target, Manifest object, LiveObject live, Predicate<NamespacedName> isAlive) {
        if (isLeftAlone(object) || live.reconcileDisabled() || Marker.SSA_IF_NOT_PRESENT.isOn(object)) {
            return new LeftAlone();
        }
        NamespacedName owner = live.owner();
        return owner != null && !owner.equals(target) && isAlive.test(owner) ? new Taken(owner) : new Free();
    }

    /** Tell whether an object's own marker keeps it from being applied, wherever it is. */
    static boolean isLeftAlone(Manifest object) {
        return Marker.RECONCILE_DISABLED.isOn(object) || Marker.SSA_IGNORE.isOn(object);
    }
}
