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
 * @param reconcileDisabled whether its marker keeps everybody from changing it
 * @param otherManager who else changed the object last; empty where nobody did
 */
public record LiveObject(String uid, String resourceVersion, @Nullable NamespacedName owner, @Nullable String managed,
        boolean reconcileDisabled, String otherManager) {}
