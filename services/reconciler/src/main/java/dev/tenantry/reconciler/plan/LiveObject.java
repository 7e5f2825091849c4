package dev.tenantry.reconciler.plan;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.watch.ManagedFields;

/**
 * What a metadata watch tells of an object in the cluster.
 *
 * @param uid the object's uid
 * @param resourceVersion its version when last seen
 * @param owner the Kustomization that its labels name, if any
 * @param managed hash of our entry in {@code metadata.managedFields}; null where we have none
 * @param deletion whether anything is said against its deletion
 * @param reconcileDisabled whether its marker keeps everybody from changing it
 * @param other who else changed the object last, and what; null where nobody did
 */
public record LiveObject(String uid, String resourceVersion, @Nullable NamespacedName owner, @Nullable String managed,
        Deletion deletion, boolean reconcileDisabled, @Nullable ManagedFields other) {

    /** Whether an object may be deleted, as far as it says so itself. */
    public enum Deletion {
        ALLOWED,
        /** A marker keeps it. */
        DISABLED,
        /** Somebody has deleted it, and finalizers hold it. */
        UNDER_WAY
    }
}
