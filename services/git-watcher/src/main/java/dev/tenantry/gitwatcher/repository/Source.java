package dev.tenantry.gitwatcher.repository;

import java.util.Map;
import java.util.Optional;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepositorySpec;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/**
 * Hold a GitRepository object as it was read.
 *
 * @param name namespace and name
 * @param version what identifies this state of it
 * @param lifecycle how far it is in its life
 * @param labels its labels
 * @param requestedAt the value of {@code reconcile.fluxcd.io/requestedAt}, if there is one
 * @param spec what is wanted
 * @param status what was last said about it; empty for a new object
 */
public record Source(NamespacedName name, ObjectVersion version, Lifecycle lifecycle, Map<String, String> labels,
        Optional<String> requestedAt, GitRepositorySpec spec, GitRepositoryStatus status) {

    /** How far an object is in its life. */
    public enum Lifecycle {
        /** It lacks our finalizer. */
        NEW,
        /** It will not vanish before we let it. */
        HELD,
        /** It waits for our finalizer to be removed. */
        ENDING,
        /** It is being deleted, and not held by us. */
        RELEASED
    }

    /** Tell whether the spec was seen to its end. */
    public boolean isObserved() {
        Long observed = status.observedGeneration();
        return observed != null && observed == version.generation();
    }

    /** Tell whether someone asked, by annotation, for a look that has not been taken yet. */
    public boolean hasOpenRequest() {
        return requestedAt.isPresent() && !requestedAt.get().equals(status.lastHandledReconcileAt());
    }
}
