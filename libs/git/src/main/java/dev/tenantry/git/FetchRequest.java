package dev.tenantry.git;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One caller's wish, to be answered by the batch that it becomes part of. */
record FetchRequest(Remote remote, SourceId source, ReferenceSelector selector, long endNanos,
        CompletableFuture<FetchResult> result) {

    static FetchRequest of(Remote remote, SourceId source, ReferenceSelector selector, Duration timeout) {
        return new FetchRequest(remote, source, selector, System.nanoTime() + timeout.toNanos(),
                new CompletableFuture<>());
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }
}
