package dev.tenantry.secretsservice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Says when a Secret that was changed past its SealedSecret is restored: at once, but three times in five minutes at most,
 * so that two who want different things of it do not change it back and forth all day. Thread-safe.
 */
public final class Corrections {

    private static final int MOST = 3;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final boolean wanted;
    private final Clock clock;
    private final Map<NamespacedName, Deque<Instant>> recent = new ConcurrentHashMap<>();

    /** @param wanted whether Secrets are restored at all */
    public Corrections(boolean wanted, Clock clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    /** Tell whether Secrets are restored at all. */
    boolean areWanted() {
        return wanted;
    }

    /** Take note of one that is due, and tell how long it has to wait. */
    Duration delay(NamespacedName name) {
        Instant now = clock.instant();
        Duration[] delay = {Duration.ZERO};
        recent.compute(name, (any, known) -> {
            Deque<Instant> times = known == null ? new ArrayDeque<>() : known;
            while (!times.isEmpty() && times.peekFirst().plus(WINDOW).isBefore(now)) {
                times.pollFirst();
            }
            if (times.size() >= MOST) {
                delay[0] = Duration.between(now, times.peekFirst().plus(WINDOW));
            } else {
                times.addLast(now);
            }
            return times;
        });
        return delay[0];
    }

    void forget(NamespacedName name) {
        recent.remove(name);
    }
}
