package dev.tenantry.kubernetes.api;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limit.window.PercentileSampleWindowFactory;

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
    private static final long WINDOW_MILLIS = 100;
    private static final int SAMPLES = 256;
    /** The unit of how slow an answer is, for a library that thinks in times. */
    private static final long AS_FAST_AS_EVER = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Limit limit = WindowedLimit.newBuilder()
            .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
            // Half of the answers tell of the server; a few may have waited for something else.
            .sampleWindowFactory(PercentileSampleWindowFactory.of(0.5, SAMPLES))
            .build(AIMDLimit.newBuilder()
                    .initialLimit(FIRST)
                    .minLimit(LEAST)
                    .maxLimit(MOST)
                    .backoffRatio(LESS)
                    .timeout(SLOW * AS_FAST_AS_EVER, TimeUnit.NANOSECONDS)
                    .build());
    private final Map<String, Fastest> fastest = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param executor begins what has waited */
    WriteLimit(LongSupplier nanoTime, Executor executor) {
        this.nanoTime = nanoTime;
        this.executor = executor;
    }

    /**
     * Begin a write, now or when it is its turn.
     *
     * @param end completed when the write is over, however it ends
     */
    void admit(Runnable write, CompletableFuture<?> end) {
        end.whenComplete((answer, failure) -> left());
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
        sample(at, Math.round((double) time / least * AS_FAST_AS_EVER), false);
    }

    /** Learn that the server asked for fewer. */
    void refused() {
        sample(nanoTime.getAsLong(), AS_FAST_AS_EVER, true);
    }

    /** Tell how many may run at once now. */
    int now() {
        return limit.getLimit();
    }

    private void sample(long at, long slowness, boolean refused) {
        limit.onSample(at - slowness, slowness, running(), refused);
    }

    private synchronized int running() {
        return running;
    }

    private void left() {
        synchronized (this) {
            running--;
        }
        for (Runnable next = next(); next != null; next = next()) {
            // Not here: who told the end may be the thread that all answers come by.
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
                begun = true;
                since = at;
                before = now;
                now = Long.MAX_VALUE;
            }
            now = Math.min(now, time);
            return Math.min(now, before);
        }
    }
}
