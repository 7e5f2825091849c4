package dev.tenantry.secretsservice.queue;

import java.time.Duration;

/**
 * How long to wait before trying again.
 *
 * @param first after the first failure; it doubles with each in a row
 * @param longest the bound of the doubling
 */
public record Pauses(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    Duration after(int failures) {
        long pause = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        return pause <= 0 || pause > longest.toMillis() ? longest : Duration.ofMillis(pause);
    }
}
