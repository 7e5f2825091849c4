package dev.tenantry.gitwatcher.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spread looks over time, so that sources made together are not fetched together for ever.
 *
 * @param jitter the largest deviation from an interval, as a fraction of it, from 0 to less than 1
 * @param firstRetry how long after the first failure to try again
 * @param longestRetry the bound of the doubling
 */
public record Pace(double jitter, Duration firstRetry, Duration longestRetry) {

    private static final int MOST_DOUBLINGS = 30;

    public Pace {
        if (jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException("The jitter is not in [0, 1): " + jitter);
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("Retries go from " + firstRetry + " to " + longestRetry);
        }
    }

    Duration afterInterval(Duration interval, RandomGenerator random) {
        return deviate(interval, random);
    }

    Duration afterFailure(int failuresInARow, RandomGenerator random) {
        int doublings = Math.min(failuresInARow - 1, MOST_DOUBLINGS);
        Duration doubled = firstRetry.multipliedBy(1L << doublings);
        return deviate(doubled.compareTo(longestRetry) < 0 ? doubled : longestRetry, random);
    }

    private Duration deviate(Duration duration, RandomGenerator random) {
        if (jitter == 0) {
            return duration;
        }
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
