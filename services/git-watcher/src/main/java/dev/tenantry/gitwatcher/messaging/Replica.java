package dev.tenantry.gitwatcher.messaging;

import java.net.URI;

/**
 * Name this replica.
 *
 * @param name different for each replica
 * @param serves the base URL under which consumers fetch from it
 */
public record Replica(String name, URI serves) {

    /** Give the CloudEvents source of its events. */
    URI uri() {
        return URI.create("/git-watcher/" + name);
    }
}
