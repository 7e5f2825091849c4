package dev.tenantry.events;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The context of an event: its CloudEvents attributes and its trace.
 *
 * @param id the event's id; {@code id} and {@code source} together are unique
 * @param source the replica that published it, as in {@code /git-watcher/<replica>}
 * @param type the type with its version
 * @param subject the object that it is about, as in {@code GitRepository/namespace/name}
 * @param time when it happened
 * @param traceparent the W3C trace context, or null if there was no trace
 */
public record Attributes(String id, URI source, String type, String subject, Instant time,
        @Nullable String traceparent) {}
