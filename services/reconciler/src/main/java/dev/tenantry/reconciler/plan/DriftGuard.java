package dev.tenantry.reconciler.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import dev.tenantry.kubernetes.ObjectRef;

/** Keep from fighting with somebody who changes an object again and again; not thread-safe. */
public final class DriftGuard {

    /** As many corrections of one object within the window; after that only at the interval. */
    static final int CORRECTIONS = 3;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<ObjectRef, Deque<Instant>> corrections = new HashMap<>();

    public DriftGuard(Clock clock) {
        this.clock = clock;
    }

    /** Tell whether the object may be corrected at once. */
    public boolean allows(ObjectRef ref) {
        Deque<Instant> recent = corrections.get(ref);
        if (recent == null) {
            return true;
        }
        Instant start = clock.instant().minus(WINDOW);
        while (!recent.isEmpty() && recent.peekFirst().isBefore(start)) {
            recent.pollFirst();
        }
        if (recent.isEmpty()) {
            corrections.remove(ref);
        }
        return recent.size() < CORRECTIONS;
    }

    public void corrected(ObjectRef ref) {
        corrections.computeIfAbsent(ref, any -> new ArrayDeque<>()).addLast(clock.instant());
    }
}
