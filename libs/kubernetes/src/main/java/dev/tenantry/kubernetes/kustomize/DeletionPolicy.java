package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

/** What becomes of the applied objects when their Kustomization is deleted. */
public enum DeletionPolicy {
    /** As {@code spec.prune} says: they go if it is true. */
    MIRROR_PRUNE,
    /** They go. */
    DELETE,
    /** They go, and the Kustomization only after them, or after {@code spec.timeout}. */
    WAIT_FOR_TERMINATION,
    /** They stay. */
    ORPHAN;

    /** Read the field; a word that nobody knows deletes nothing. */
    static DeletionPolicy of(@Nullable String field) {
        return switch (field) {
            case null -> MIRROR_PRUNE;
            case "", "MirrorPrune" -> MIRROR_PRUNE;
            case "Delete" -> DELETE;
            case "WaitForTermination" -> WAIT_FOR_TERMINATION;
            default -> ORPHAN;
        };
    }
}
