package dev.tenantry.gitwatcher;

import java.util.Collection;
import java.util.Optional;

import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.WebhookPath;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverStatus;

/** Read and mark Receiver objects; only {@link #write} asks the API server. */
public interface Hooks {

    /** Give an object as it was last seen. */
    Optional<Hook> known(NamespacedName name);

    /** Give all objects as they were last seen. */
    Collection<Hook> all();

    /** Find the receiver whose status names the path; suspended ones are not found. */
    Optional<Hook> at(WebhookPath path);

    /**
     * Write the status, if the object is still as it was read; gives it as it is then, empty if it is not.
     *
     * @throws dev.tenantry.kubernetes.api.ApiException when the API server cannot be reached, or refuses
     */
    Optional<Hook> write(Hook hook, ReceiverStatus status);
}
