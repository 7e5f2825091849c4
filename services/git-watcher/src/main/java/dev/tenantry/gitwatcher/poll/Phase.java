package dev.tenantry.gitwatcher.poll;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Where a source is between two looks; the methods are the legal moves. */
sealed interface Phase {

    /** Nothing is planned. */
    record Idle() implements Phase {

        Queued queue(Trigger trigger) {
            return new Queued(trigger);
        }
    }

    /** A look is planned. */
    record Waiting(Instant due, Cause cause) implements Phase {

        Queued come() {
            return new Queued(new Trigger(cause, due));
        }

        Queued queue(Trigger trigger) {
            return new Queued(trigger);
        }
    }

    /** A look is due, as soon as the limits allow. */
    record Queued(Trigger trigger) implements Phase {

        Running start(Instant now) {
            return new Running(now, null);
        }
    }

    /** A look is under way, and another one is to follow when something may have changed since it began. */
    record Running(Instant startedAt, @Nullable Trigger again) implements Phase {

        Running queueAgain(Trigger trigger) {
            return new Running(startedAt, trigger);
        }
    }
}
