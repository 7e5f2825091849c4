package dev.tenantry.reconciler;

import dev.tenantry.kubernetes.kustomize.KustomizationStatus;

/** Write the status and the finalizer of Kustomizations. */
public interface StatusWriter {

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

    /** What became of a write. */
    sealed interface Result {}

    record Saved(Target target) implements Result {}

    /** Another replica has written meanwhile, or the object is gone: this run must end. */
    record Superseded(String message) implements Result {}

    /** The API server could not be asked, or refused. */
    record Unsaved(String message) implements Result {}
}
