package dev.tenantry.kubernetes.api;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;

import io.fabric8.kubernetes.client.http.HttpResponse;

/**
 * Lets as many writes at once go to an API server as it likes; the others wait in line.
 * <p>
 * More run as long as answers come about as fast as ever, fewer when they take much longer or the server says that it is
 * too many. How fast is fast is known by kind of request, so that a slow webhook slows nothing but its kind.
 */
final class WriteLimit {

    private static final int LEAST = 8;
    private static final int FIRST = 16;
    private static final int MOST = 64;
    /** So many times as long as the fastest answer is a queue in the server, whose end gains nothing by more of it. */
    private static final int SLOW = 12;
    private static final double LESS = 0.9;
    private static final long WINDOW_MILLIS = 100;
    private static final int TOO_MANY = 429;
    /** The unit of how slow an answer is, for a library that thinks in times. */
    private static final long AS_FAST_AS_EVER = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Limit limit = WindowedLimit.newBuilder()
            .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
            .build(AIMDLimit.newBuilder()
                    .initialLimit(FIRST)
                    .minLimit(LEAST)
                    .maxLimit(MOST)
                    .backoffRatio(LESS)
                    .timeout(SLOW * AS_FAST_AS_EVER, TimeUnit.NANOSECONDS)
                    .build());
    private final Map<String, Fastest> fastest = new ConcurrentHashMap<>();
    private final Queue<Write> waiting = new ArrayDeque<>();
    private int running;

    WriteLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Send now or when it is its turn.
     *
     * @return what the request is answered; whoever completes it before its turn has come takes it out of the line
     */
    CompletableFuture<HttpResponse<byte[]>> send(ApiRequest request,
            Supplier<CompletableFuture<HttpResponse<byte[]>>> sending) {
        var answer = new CompletableFuture<HttpResponse<byte[]>>();
        synchronized (this) {
            waiting.add(new Write(request, sending, answer));
        }
        startWhatMay();
        return answer;
    }

    /** Tell how many may run at once now. */
    int now() {
        return limit.getLimit();
    }

    private void startWhatMay() {
        for (Write next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private synchronized @Nullable Write next() {
        while (running < limit.getLimit()) {
            Write next = waiting.poll();
            if (next == null || !next.answer().isDone()) {
                running += next == null ? 0 : 1;
                return next;
            }
        }
        return null;
    }

    private void start(Write write) {
        long begin = nanoTime.getAsLong();
        write.send().whenComplete((response, failure) -> {
            sample(write.request(), begin, response);
            synchronized (this) {
                running--;
            }
            startWhatMay();
            if (response == null) {
                write.answer().completeExceptionally(failure);
            } else {
                write.answer().complete(response);
            }
        });
    }

    /** Learn from an answer; that none came says nothing of the server. */
    private void sample(ApiRequest request, long begin, @Nullable HttpResponse<byte[]> response) {
        if (response == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        long time = Math.max(1, now - begin);
        double slowness = (double) time / fastest.computeIfAbsent(request.kind(), any -> new Fastest())
                .than(time, now);
        limit.onSample(begin, (long) (slowness * AS_FAST_AS_EVER), running(), response.code() == TOO_MANY);
    }

    private synchronized int running() {
        return running;
    }

    private record Write(ApiRequest request, Supplier<CompletableFuture<HttpResponse<byte[]>>> sending,
            CompletableFuture<HttpResponse<byte[]>> answer) {

        CompletableFuture<HttpResponse<byte[]>> send() {
            try {
                return sending.get();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    /** The least time that an answer took within the last minutes. */
    private static final class Fastest {

        private static final long MEMORY = TimeUnit.MINUTES.toNanos(5);

        private long since = Long.MIN_VALUE;
        private long now = Long.MAX_VALUE;
        private long before = Long.MAX_VALUE;

        synchronized long than(long time, long at) {
            if (since == Long.MIN_VALUE || at - since > MEMORY) {
                before = now;
                now = Long.MAX_VALUE;
                since = at;
            }
            now = Math.min(now, time);
            return Math.min(now, before);
        }
    }
}
