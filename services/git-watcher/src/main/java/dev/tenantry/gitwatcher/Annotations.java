package dev.tenantry.gitwatcher;

import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.webhook.Selection;

/** Ask by annotation, without waiting for it, that whoever owns the chosen objects looks at them. */
@FunctionalInterface
public interface Annotations {

    /** Set {@code reconcile.fluxcd.io/requestedAt} on each of the objects to the time of the request. */
    void request(Selection selection, Trigger trigger);
}
