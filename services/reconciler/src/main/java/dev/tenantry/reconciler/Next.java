package dev.tenantry.reconciler;

import java.time.Duration;

import dev.tenantry.reconciler.queue.Cause;

/** When a target runs again by itself, though nothing woke it up. */
sealed interface Next {

    /** After a while. */
    record After(Duration delay, Cause cause) implements Next {}

    /** Only when something wakes it up. */
    record WhenWoken() implements Next {}

    /** Never: the target is gone, or another replica's. */
    record Never() implements Next {}
}
