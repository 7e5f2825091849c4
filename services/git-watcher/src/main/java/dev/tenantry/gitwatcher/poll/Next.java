package dev.tenantry.gitwatcher.poll;

import java.time.Duration;

/** Say when to look at a source again, if nothing asks for it before. */
public sealed interface Next {

    /** All went well: look again after the interval, give or take the jitter. */
    record AfterInterval(Duration interval) implements Next {

        public AfterInterval {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("An interval is not positive: " + interval);
            }
        }
    }

    /** It failed, and may go well later: look again after a time that doubles with each failure in a row. */
    record Retry() implements Next {}

    /** Nothing will be different until the object changes. */
    record OnChange() implements Next {}
}
