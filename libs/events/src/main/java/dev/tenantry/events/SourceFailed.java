package dev.tenantry.events;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A source could not be fetched or stored.
 *
 * @param source the source object
 * @param reason the condition's reason, PascalCase
 * @param message what a person reads; the publisher has masked credentials in it
 * @param retryAfter the time until the next attempt, or null if only a change of the spec helps
 * @param failedAt when it failed
 */
public record SourceFailed(Subject source, String reason, String message, @Nullable Duration retryAfter,
        Instant failedAt) implements Event {

    public static final String TYPE = "dev.tenantry.source-failed.v1";

    public SourceFailed {
        Require.present(source, "source");
        Require.reason(reason, "reason");
        Require.text(message, "message");
        Require.that(retryAfter == null || !retryAfter.isNegative(), "retryAfter is negative: %s", retryAfter);
        Require.present(failedAt, "failedAt");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.SOURCES;
    }

    @Override
    public Subject subject() {
        return source;
    }

    @Override
    public Instant occurredAt() {
        return failedAt;
    }
}
