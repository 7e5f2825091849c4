package dev.tenantry.gitwatcher;

import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.repository.Source;

/** Tell the other replicas, without waiting for it, that a source is asked for. */
@FunctionalInterface
public interface SourceRequests {

    /**
     * @param delivery what identifies the webhook that asks
     */
    void publish(Source source, Trigger trigger, String delivery);
}
