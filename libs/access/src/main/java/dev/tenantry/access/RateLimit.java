package dev.tenantry.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bound how often something may be called: a bucket of tokens for each key, refilled steadily. Thread-safe.
 *
 * <p>The number of buckets is bounded too; the one longest unused is dropped, full again when its key comes back.
 */
public final class RateLimit {

    private static final int MOST_BUCKETS = 10_000;

    private final int burst;
    private final Duration refill;
    private final Clock clock;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    /**
     * @param burst how many calls an unused key may make at once
     * @param refill how long until one more is possible
     */
    public RateLimit(int burst, Duration refill, Clock clock) {
        this.burst = burst;
        this.refill = refill;
        this.clock = clock;
    }

    /** Take a token of the key's bucket, and tell whether there was one. */
    public synchronized boolean allows(Object key) {
        Instant now = clock.instant();
        Bucket bucket = buckets.computeIfAbsent(key, unused -> new Bucket(burst, now));
        double refilled = (double) Duration.between(bucket.at, now).toNanos() / refill.toNanos();
        bucket.tokens = Math.min(burst, bucket.tokens + refilled);
        bucket.at = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    private static final class Bucket {

        private double tokens;
        private Instant at;

        private Bucket(double tokens, Instant at) {
            this.tokens = tokens;
            this.at = at;
        }
    }
}
