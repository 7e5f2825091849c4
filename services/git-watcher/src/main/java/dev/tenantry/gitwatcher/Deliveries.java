package dev.tenantry.gitwatcher;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.webhook.Hook;

/** Hear of every call of a known receiver. Called before the answer, so it must not wait for anything slow. */
@FunctionalInterface
public interface Deliveries {

    /**
     * @param traceparent the W3C trace context of the call, null if there is none
     */
    void delivered(Hook hook, Delivery delivery, @Nullable String traceparent);
}
