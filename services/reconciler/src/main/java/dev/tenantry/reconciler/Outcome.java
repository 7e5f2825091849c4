package dev.tenantry.reconciler;

import java.time.Duration;

import dev.tenantry.kubernetes.meta.Reason;

/** How a run ended; what follows from it is decided in {@link StatusComposer} and {@link Reconciliation} alone. */
public sealed interface Outcome {

    /** Give the reason of the Ready condition. */
    String reason();

    /** Give the message of the Ready condition. */
    String message();

    /** The cluster is as the source says. */
    record Ready(String revision) implements Outcome {

        @Override
        public String reason() {
            return Reason.RECONCILIATION_SUCCEEDED;
        }

        @Override
        public String message() {
            return "Applied revision: " + revision;
        }
    }

    /**
     * Something else has to happen first, and wakes the target up.
     *
     * @param on what it waits for
     * @param retryAfter when to look again though nothing woke it up
     */
    record Waiting(On on, String reason, String message, Duration retryAfter) implements Outcome {}

    /** Only a change by a person gets it on. */
    record Stalled(String reason, String message) implements Outcome {}

    /** It is tried again after the retry interval, or when its inputs change. */
    record Failed(String reason, String message) implements Outcome {}

    /** What a run may wait for. */
    enum On {
        SOURCE, DEPENDENCY, HEALTH,
        /** That deleted objects are gone. */
        TERMINATION
    }
}
