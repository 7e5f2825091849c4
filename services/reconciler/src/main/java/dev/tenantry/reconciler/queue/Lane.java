package dev.tenantry.reconciler.queue;

/** How urgent work is; a lane runs only when every lane before it has nothing that may start. */
public enum Lane {
    /** Something in the cluster is to change. */
    CHANGE,
    /** Only a status is to be brought up to date, for instance the revision of a target that a commit did not touch. */
    BOOKKEEPING
}
