package dev.tenantry.gitwatcher.webhook;

import java.util.Optional;

import dev.tenantry.gitwatcher.repository.ObjectVersion;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverSpec;
import dev.tenantry.kubernetes.notification.ReceiverStatus;

/**
 * Hold a Receiver object as it was read.
 *
 * @param name namespace and name
 * @param version what identifies this state of it
 * @param requestedAt the value of {@code reconcile.fluxcd.io/requestedAt}, if there is one
 * @param spec whose calls it takes, and what they set going
 * @param status what was last said about it; empty for a new object
 */
public record Hook(NamespacedName name, ObjectVersion version, Optional<String> requestedAt, ReceiverSpec spec,
        ReceiverStatus status) {

    /** Give the name of the Secret with the token, if the object names one. */
    public Optional<String> secret() {
        return Optional.ofNullable(spec.secretRef()).map(reference -> reference.name());
    }

    /** Tell whether the spec and the last request were seen. */
    public boolean isObserved() {
        Long observed = status.observedGeneration();
        return observed != null && observed == version.generation()
                && (requestedAt.isEmpty() || requestedAt.get().equals(status.lastHandledReconcileAt()));
    }
}
