package dev.tenantry.reconciler;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.plan.Drift;

/** Tell the world what runs did: Kubernetes Events, Kafka events, metrics. It never fails a run, and never blocks it. */
public interface Announcer {

    /** A target was built. */
    default void built(Target target) {}

    /** A run has brought objects to the cluster, as far as it could. */
    default void delivered(Target target, RunReport.Counts counts) {}

    /** A run has ended and its status is written. */
    default void ended(RunReport report) {}

    /** A build was applied to the end, and this is what makes the next one needless. */
    default void remembered(Target target, RememberedBuild build) {}

    /** A target is gone for good. */
    default void forgotten(NamespacedName target) {}

    /** A change that somebody else made to an object was undone. */
    default void driftCorrected(Target target, ObjectRef object, Drift drift) {}

    /** An object is changed by somebody else again and again, so it is corrected at the interval only. */
    default void driftHeldBack(Target target, ObjectRef object, Drift drift) {}
}
