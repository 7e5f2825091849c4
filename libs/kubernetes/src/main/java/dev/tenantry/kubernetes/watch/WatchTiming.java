package dev.tenantry.kubernetes.watch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Say how patient a watch is.
 *
 * @param idle after how long without a byte, bookmarks included, a connection counts as dead
 * @param shortestPause the first pause before trying again
 * @param longestPause the bound of the growing pauses
 * @param pageSize how many objects a list answers at a time
 */
record WatchTiming(Duration idle, Duration shortestPause, Duration longestPause, int pageSize) {

    /** A quiet watch may get no bookmark for minutes; opening it again from its last version costs next to nothing. */
    static final WatchTiming DEFAULT = new WatchTiming(
            Duration.ofMinutes(3),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            500);

    private static final int SHORTEST_WATCH_SECONDS = 300;

    WatchTiming withPageSize(int size) {
        return new WatchTiming(idle, shortestPause, longestPause, size);
    }

    /** Gives a jittered pause that grows with the number of failures in a row. */
    Duration pauseAfter(int failures) {
        long ceiling = Math.min(shortestPause.toMillis() << Math.min(failures, 20), longestPause.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }

    /** Gives how long the server is to keep a watch open: different ones, so that not all come back together. */
    int watchSeconds() {
        return ThreadLocalRandom.current().nextInt(SHORTEST_WATCH_SECONDS, 2 * SHORTEST_WATCH_SECONDS);
    }
}
