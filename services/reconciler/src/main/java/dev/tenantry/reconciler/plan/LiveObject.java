package dev.tenantry.reconciler.plan;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * What a metadata watch tells of an object in the cluster.
 *
 * @param uid the object's uid
 * @param resourceVersion its version when last seen
 * @param owner the Kustomization that its labels name, if any
 * @param managed hash of our entry in {@code metadata.managedFields}; null where we have none
 * @param deletion whether anything is said against its deletion
 * @param reconcileDisabled whether its marker keeps everybody from changing it
 * @param other who else changed the object since it was applied; null where nobody did
 */
public record LiveObject(String uid, String resourceVersion, @Nullable NamespacedName owner, @Nullable String managed,
        Deletion deletion, boolean reconcileDisabled, @Nullable Other other) {

    /**
     * Somebody else who changed an object.
     *
     * @param manager the name as a field manager
     * @param fields what that manager has of it, a {@code FieldsV1} as text: thousands are remembered, few are looked at
     */
    public record Other(String manager, String fields) {}

    /** Whether an object may be deleted, as far as it says so itself. */
    public enum Deletion {
        ALLOWED,
        /** A marker keeps it. */
        DISABLED,
        /** Somebody has deleted it, and finalizers hold it. */
        UNDER_WAY
    }
}
