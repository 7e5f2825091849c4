package dev.tenantry.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Someone asks for an object to be looked at now.
 *
 * <p>On topic {@code sources} if the object is of group {@code source.toolkit.fluxcd.io}, else on {@code targets}: the
 * replica that owns the object reads it.
 *
 * @param object the source or target
 * @param cause who asks
 * @param requestedAt when it was asked for
 * @param delivery the webhook delivery's id, or null if it was no webhook
 */
public record ReconcileRequested(Subject object, Cause cause, Instant requestedAt,
        @Nullable String delivery) implements Event {

    public static final String TYPE = "dev.tenantry.reconcile-requested.v1";

    static final String SOURCE_GROUP = "source.toolkit.fluxcd.io";

    public ReconcileRequested {
        Require.present(object, "object");
        Require.present(cause, "cause");
        Require.present(requestedAt, "requestedAt");
        Require.textOrNull(delivery, "delivery");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return object.group().equals(SOURCE_GROUP) ? Topics.SOURCES : Topics.TARGETS;
    }

    @Override
    public Subject subject() {
        return object;
    }

    @Override
    public Instant occurredAt() {
        return requestedAt;
    }
}
