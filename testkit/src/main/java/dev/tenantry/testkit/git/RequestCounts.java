package dev.tenantry.testkit.git;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Count what clients asked a git server for. */
public final class RequestCounts {

    private final AtomicInteger advertisements = new AtomicInteger();
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private final Set<Object> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();

    /** Return how often {@code info/refs} was asked for: once for each poll. */
    public int advertisements() {
        return advertisements.get();
    }

    /** Return how often references were listed by protocol version 2. */
    public int listings() {
        return listings.get();
    }

    /** Return how often objects were asked for. */
    public int fetches() {
        return fetches.get();
    }

    /** Return how often somebody pushed. */
    public int pushes() {
        return pushes.get();
    }

    /** Return the largest number of requests at one time. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** Return the bytes of all answers. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Begin anew at zero. */
    public void reset() {
        advertisements.set(0);
        listings.set(0);
        fetches.set(0);
        pushes.set(0);
        mostInFlight.set(0);
        bytesSent.set(0);
    }

    void begin(Object request) {
        inFlight.add(request);
        mostInFlight.accumulateAndGet(inFlight.size(), Math::max);
    }

    /** Called before the answer's end is sent, after which the client may ask again; once more does no harm. */
    void end(Object request) {
        inFlight.remove(request);
    }

    void advertised() {
        advertisements.incrementAndGet();
    }

    void listed() {
        listings.incrementAndGet();
    }

    void fetched() {
        fetches.incrementAndGet();
    }

    void pushed() {
        pushes.incrementAndGet();
    }

    void sent(long bytes) {
        bytesSent.addAndGet(bytes);
    }
}
