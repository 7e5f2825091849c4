package dev.tenantry.kubernetes.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;

/**
 * Lets as many writes of one account at once go to an API server as it likes; the account's others wait in line.
 * <p>
 * More run as long as most answers come about as fast as ever, fewer when they take many times as long or the server
 * says that it is too many. How fast is fast is known by kind of request, so that a kind which a webhook makes slow is
 * no sign of an overload. Thread-safe.
 */
final class WriteLimit {

    private static final int LEAST = 8;
    private static final int FIRST = 16;
    private static final int MOST = 64;
    /** So many times as long as the fastest answer is a queue in the server, whose end gains nothing by more of it. */
    private static final int SLOW = 12;
    private static final double LESS = 0.9;
    /** A few answers may have waited for something else, so that it takes more to judge by, and their median. */
    private static final int ANSWERS = 10;
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    /** The unit of how slow an answer is, for a library that thinks in times. */
    private static final long AS_FAST_AS_EVER = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Limit limit = AIMDLimit.newBuilder()
            .initialLimit(FIRST)
            .minLimit(LEAST)
            .maxLimit(MOST)
            .backoffRatio(LESS)
            .timeout(SLOW * AS_FAST_AS_EVER, TimeUnit.NANOSECONDS)
            .build();
    private final Map<String, Fastest> fastest = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    /** How slow the answers were since the limit was looked at last. */
    private final List<Long> answers = new ArrayList<>();
    private long lookedAt;

    /** @param executor begins what has waited */
    WriteLimit(LongSupplier nanoTime, Executor executor) {
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.lookedAt = nanoTime.getAsLong();
    }

    /** Begin a write, now or when it is its turn; whoever began calls {@link #left} once, however it ends. */
    void admit(Runnable write) {
        synchronized (this) {
            if (running >= now()) {
                waiting.add(write);
                return;
            }
            running++;
        }
        write.run();
    }

    /** Learn from a write that was done as asked for. */
    void succeeded(ApiRequest request, long sentAt) {
        long at = nanoTime.getAsLong();
        long time = Math.max(1, at - sentAt);
        long least = fastest.computeIfAbsent(request.kind(), any -> new Fastest()).than(time, at);
        answered(at, Math.round((double) time / least * AS_FAST_AS_EVER));
    }

    private synchronized void answered(long at, long slowness) {
        answers.add(slowness);
        if (answers.size() >= ANSWERS && at - lookedAt >= WINDOW) {
            answers.sort(null);
            adapt(at, answers.get(answers.size() / 2), false);
        }
    }

    /** Learn that the server asked for fewer; what it says to several at once is said once. */
    synchronized void refused() {
        long at = nanoTime.getAsLong();
        if (at - lookedAt >= WINDOW) {
            adapt(at, AS_FAST_AS_EVER, true);
        }
    }

    private void adapt(long at, long slowness, boolean refused) {
        limit.onSample(at, slowness, running, refused);
        answers.clear();
        lookedAt = at;
    }

    /** Tell how many may run at once now. */
    int now() {
        return limit.getLimit();
    }

    /** Give a write's place to the next. */
    void left() {
        synchronized (this) {
            running--;
        }
        for (Runnable next = next(); next != null; next = next()) {
            // Not here: who tells the end may be the thread that all answers come by.
            executor.execute(next);
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = running < now() ? waiting.poll() : null;
        if (next != null) {
            running++;
        }
        return next;
    }

    /** The least time that an answer took within the last minutes. */
    private static final class Fastest {

        private static final long MEMORY = TimeUnit.MINUTES.toNanos(5);

        private boolean begun;
        private long since;
        private long now = Long.MAX_VALUE;
        private long before = Long.MAX_VALUE;

        synchronized long than(long time, long at) {
            if (!begun || at - since > MEMORY) {
                before = begun && at - since <= 2 * MEMORY ? now : Long.MAX_VALUE;
                now = Long.MAX_VALUE;
                begun = true;
                since = at;
            }
            now = Math.min(now, time);
            return Math.min(now, before);
        }
    }
}
