package dev.tenantry.kubernetes.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;

/** An answer that comes line by line for as long as both sides want. */
public final class LineStream {

    /** Takes the lines of an answer. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Look at the next line, which comes without its end.
         *
         * @throws Exception to end the stream with it
         */
        void line(byte[] line) throws Exception;
    }

    // etcd holds objects of up to 1.5 MB, as JSON seldom more than twice that: what is longer is no API server.
    private static final int LONGEST_LINE = 16 << 20;

    private final Reader reader;
    private final Executor executor;
    private final long idleNanos;
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
    private volatile boolean refused;
    private volatile @Nullable AsyncBody body;
    private volatile long lastByte = System.nanoTime();
    private volatile CompletableFuture<Void> timer = CompletableFuture.completedFuture(null);

    private LineStream(Reader reader, Executor executor, Duration idle) {
        this.reader = reader;
        this.executor = executor;
        this.idleNanos = idle.toNanos();
    }

    static CompletionStage<LineStream> open(ApiConnection connection, ApiRequest request, Reader reader,
            Duration deadline, Duration idle) {
        LineStream stream = new LineStream(reader, connection.executor(), idle);
        return connection.http()
                .consumeBytes(connection.build(request).forStreaming().build(), stream::received)
                .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync((response, failure) -> stream.begun(request, response, failure), connection.executor())
                .thenCompose(stage -> stage);
    }

    /**
     * Complete when the server has ended the answer and all lines were looked at; fail when the connection broke, nothing
     * came for too long ({@link ApiError#TIMEOUT}), the reader failed, or the stream was cancelled.
     */
    public CompletionStage<Void> ended() {
        return ended;
    }

    /** End the stream; a line being looked at is the last one. */
    public void cancel() {
        end(new CancellationException());
    }

    private CompletionStage<LineStream> begun(ApiRequest request, @Nullable HttpResponse<AsyncBody> response,
            @Nullable Throwable failure) {
        if (response == null) {
            return CompletableFuture.failedStage(
                    Failures.broken(request, failure == null ? new IllegalStateException("No answer") : failure));
        }
        refused = !response.isSuccessful();
        AsyncBody opened = response.body();
        body = opened;
        opened.done().whenComplete((nothing, broken) -> inOrder(() -> finished(request, broken)));
        watchIdleness(idleNanos);
        opened.consume();
        if (!refused) {
            return CompletableFuture.completedStage(this);
        }
        return ended.handle((nothing, broken) -> {
            throw new ApiException(Failures.refused(request, response, pending.toByteArray()));
        });
    }

    private void received(List<ByteBuffer> chunk, AsyncBody from) {
        lastByte = System.nanoTime();
        inOrder(() -> {
            for (ByteBuffer buffer : chunk) {
                take(buffer);
            }
            lastByte = System.nanoTime();
            from.consume();
        });
    }

    private interface Step {
        void run() throws Exception;
    }

    private synchronized void inOrder(Step step) {
        tail = tail.thenRunAsync(() -> {
            if (ended.isDone()) {
                return;
            }
            try {
                step.run();
            } catch (Exception e) {
                end(e);
            }
        }, executor);
    }

    private void take(ByteBuffer buffer) throws Exception {
        while (buffer.hasRemaining()) {
            int end = lineEnd(buffer);
            byte[] part = new byte[(end < 0 ? buffer.limit() : end) - buffer.position()];
            buffer.get(part);
            if (pending.size() + part.length > LONGEST_LINE) {
                throw new ApiException(ApiError.transport(ApiError.BROKEN, "A line of the answer is too long"));
            }
            if (end < 0 || refused) {
                pending.writeBytes(part);
            } else if (pending.size() == 0) {
                reader.line(part);
            } else {
                pending.writeBytes(part);
                byte[] line = pending.toByteArray();
                pending = new ByteArrayOutputStream();
                reader.line(line);
            }
            if (end >= 0) {
                buffer.get();
            }
        }
    }

    private static int lineEnd(ByteBuffer buffer) {
        for (int i = buffer.position(); i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void finished(ApiRequest request, @Nullable Throwable broken) {
        if (broken != null) {
            end(Failures.broken(request, broken));
        } else if (pending.size() > 0 && !refused) {
            end(new ApiException(ApiError.transport(ApiError.BROKEN, request + ": the answer ended within a line")));
        } else {
            end(null);
        }
    }

    private void end(@Nullable Throwable failure) {
        boolean first = failure == null ? ended.complete(null) : ended.completeExceptionally(unwrapped(failure));
        if (first) {
            timer.cancel(false);
            AsyncBody open = body;
            if (open != null && failure != null) {
                open.cancel();
            }
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void watchIdleness(long nanos) {
        CompletableFuture<Void> next = new CompletableFuture<Void>()
                .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        timer = next;
        next.thenRunAsync(() -> {
            long silent = System.nanoTime() - lastByte;
            if (ended.isDone()) {
                return;
            }
            if (silent >= idleNanos) {
                end(new ApiException(
                        ApiError.transport(ApiError.TIMEOUT, "Nothing came for " + Duration.ofNanos(silent)),
                        new TimeoutException()));
            } else {
                watchIdleness(idleNanos - silent);
            }
        }, executor);
    }
}
