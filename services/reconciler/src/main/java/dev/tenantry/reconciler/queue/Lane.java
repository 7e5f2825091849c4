package dev.tenantry.reconciler.queue;

/** How urgent work is; a lane runs only when every lane before it has nothing that may start. */
public enum Lane {
    /** What a run has waited for may have come: a look and a status end what would else wait behind much work. */
    COMPLETION,
    /** Something in the cluster is to change. */
    CHANGE,
    /** Only a status is to be brought up to date, for instance the revision of a target that a commit did not touch. */
    BOOKKEEPING
}
