package dev.tenantry.reconciler;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import dev.tenantry.reconciler.queue.Cause;

/** When a target runs again by itself, though nothing woke it up. */
sealed interface Next {

    /** After a while. */
    record After(Duration delay, Cause cause) implements Next {

        private static final double JITTER = 0.05;

        /** Give the delay, and spread what would otherwise run at the same moment by a share of it either way. */
        Duration spread() {
            if (cause != Cause.INTERVAL && cause != Cause.RETRY) {
                return delay;
            }
            double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
            return Duration.ofMillis((long) (delay.toMillis() * factor));
        }
    }

    /** Only when something wakes it up. */
    record WhenWoken() implements Next {}

    /** Never: the target is gone, or another replica's. */
    record Never() implements Next {}
}
