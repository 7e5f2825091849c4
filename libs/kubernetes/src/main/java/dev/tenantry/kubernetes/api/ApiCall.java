package dev.tenantry.kubernetes.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.client.http.HttpResponse;

/** Sends one request until it is answered, cannot be helped, or its deadline passes. */
final class ApiCall {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final ApiConnection connection;
    private final ApiRequest request;
    private final Duration deadline;
    private final @Nullable WriteLimit limit;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private long expiry;
    private long sentAt;
    private int pauses;
    private boolean over;

    /**
     * @param deadline how long it may take, from when it is sent first
     * @param limit of what runs at once beside this, if there is one
     */
    ApiCall(ApiConnection connection, ApiRequest request, Duration deadline, @Nullable WriteLimit limit) {
        this.connection = connection;
        this.request = request;
        this.deadline = deadline;
        this.limit = limit;
    }

    CompletableFuture<byte[]> start() {
        if (limit == null) {
            begin();
        } else {
            limit.admit(this::begin);
        }
        return result;
    }

    private void begin() {
        expiry = System.nanoTime() + deadline.toNanos();
        attempt();
    }

    private void attempt() {
        try {
            send();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void send() {
        sentAt = System.nanoTime();
        long left = expiry - sentAt;
        // Our own timer beside the client's: that one starts anew with each byte of a slow answer.
        connection.sendOnce(request, Duration.ofNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1))))
                .orTimeout(left, TimeUnit.NANOSECONDS)
                .whenCompleteAsync(this::answered, connection.executor());
    }

    private void answered(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        try {
            if (response == null) {
                unanswered(failure == null ? new IllegalStateException("No answer and no failure") : failure);
            } else if (response.isSuccessful()) {
                if (limit != null) {
                    limit.succeeded(request, sentAt);
                }
                succeed(response.body());
            } else {
                refused(response);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void refused(HttpResponse<byte[]> response) {
        byte[] body = response.body() == null ? new byte[0] : response.body();
        ApiError error = Failures.refused(request, response, body);
        if (limit != null && error.isTooMany()) {
            limit.refused();
        }
        // The server sets Retry-After only when it has not begun to process the request.
        boolean notBegun = error.isTooMany() || (error.code() == 503 && error.retryAfter().isPresent());
        boolean unavailable = request.repeatable() && (error.code() == 502 || error.code() == 503);
        if (notBegun || unavailable) {
            again(new ApiException(error), error.retryAfter().map(Duration::toNanos).orElse(0L));
        } else {
            fail(new ApiException(error));
        }
    }

    private void unanswered(Throwable failure) {
        ApiException broken = Failures.broken(request, failure);
        boolean harmless = Failures.isUnconnected(failure)
                || (request.repeatable() && ApiError.BROKEN.equals(broken.error().reason()));
        if (harmless && !Failures.isDistrust(failure) && !connection.isClosed()) {
            again(broken, 0);
        } else {
            fail(broken);
        }
    }

    /** Sends again after a pause; fails at once when the deadline would pass meanwhile. */
    private void again(ApiException failure, long atLeast) {
        long ceiling = Math.min(FIRST_PAUSE << Math.min(pauses++, 16), LONGEST_PAUSE);
        // Half of it is random, so that the many that were refused together do not return together.
        long pause = atLeast + ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
        if (System.nanoTime() + pause - expiry >= 0) {
            fail(failure);
            return;
        }
        CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, connection.executor()).execute(this::attempt);
    }

    private void succeed(byte[] body) {
        end();
        result.complete(body);
    }

    private void fail(Throwable failure) {
        end();
        result.completeExceptionally(failure);
    }

    /** Make room for the next write, before whoever waits for the result does more, which may be a write too. */
    private void end() {
        if (limit != null && !over) {
            over = true;
            limit.left();
        }
    }
}
