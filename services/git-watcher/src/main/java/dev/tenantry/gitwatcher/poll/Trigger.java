package dev.tenantry.gitwatcher.poll;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Ask for a look at a source.
 *
 * @param cause why
 * @param at since when the remote may have something new: a look that began later has seen it
 * @param traceparent the W3C trace context to continue, null to begin a trace
 */
public record Trigger(Cause cause, Instant at, @Nullable String traceparent) {

    public Trigger(Cause cause, Instant at) {
        this(cause, at, null);
    }
}
