package dev.tenantry.reconciler;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;

/**
 * Write the status and the finalizer of Kustomizations, and what a status cannot hold of an inventory.
 * <p>
 * Nobody acts on a target before {@link #complete} has given it, and what a write gives is complete too.
 */
public interface StatusWriter {

    /**
     * Put what further objects hold of a target's inventory into its status; blocks while they are read. A target that
     * has no such objects costs nothing.
     */
    Reading complete(Target target);

    /** Let go what is remembered of a target. */
    void forget(NamespacedName target);

    /**
     * Write a status, if nobody else has written one since the target was read.
     *
     * @return the target as it is then
     */
    Result write(Target target, KustomizationStatus status);

    /** Put our finalizer on the object. */
    Result finalizer(Target target);

    /** Take our finalizer off the object, so that it can go. */
    Result release(Target target);

    /** What became of reading an inventory. */
    sealed interface Reading {}

    /**
     * It was read as far as there is something to read. Where a part is missing, or is not what it was, the target says so
     * itself ({@link Target#unreadable}): by half of an inventory nothing may be done.
     */
    record Read(Target target) implements Reading {}

    /** The API server could not be asked, or refused. */
    record Unread(String message) implements Reading {}

    /** What became of a write. */
    sealed interface Result {}

    record Saved(Target target) implements Result {}

    /** Another replica has written meanwhile, or the object is gone: this run must end. */
    record Superseded(String message) implements Result {}

    /** The API server could not be asked, or refused. */
    record Unsaved(String message) implements Result {}
}
