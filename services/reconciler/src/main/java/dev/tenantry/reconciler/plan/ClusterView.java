package dev.tenantry.reconciler.plan;

import java.util.Optional;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;

/** What is known of the cluster while a plan is made; answers without asking the API server. */
public interface ClusterView {

    /** Give the live object; empty where it does not exist or carries no owner label. */
    Optional<LiveObject> live(ObjectRef ref);

    /** Give what the target last applied as this object, if that is remembered. */
    Optional<Applied> applied(ObjectRef ref);

    /** Tell whether a Kustomization exists and has not been asked to go. */
    boolean isAlive(NamespacedName kustomization);
}
