package dev.tenantry.secretsservice.messaging;

import java.net.URI;

/**
 * Name this replica.
 *
 * @param name different for each replica
 */
public record Replica(String name) {

    /** Give the CloudEvents source of its events. */
    URI uri() {
        return URI.create("/secrets-service/" + name);
    }
}
