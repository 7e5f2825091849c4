package dev.tenantry.reconciler.plan;

/** Why an object is applied. */
public enum Reason {
    /** Nothing of it is known to be in the cluster. */
    MISSING,
    /** The source says something else than what was applied last. */
    CHANGED,
    /** Somebody else changed what was applied. */
    DRIFTED,
    /** What was applied last is not known, for instance after a restart. */
    UNKNOWN,
    /** A full run was asked for. */
    REQUESTED
}
