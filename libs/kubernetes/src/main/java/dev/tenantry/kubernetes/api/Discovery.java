package dev.tenantry.kubernetes.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.Manifest;

/**
 * Find out how an API server serves a kind.
 *
 * <p>All that the server serves is read at once, in two requests where it knows aggregated discovery (Kubernetes 1.26 and
 * newer), and kept. A kind that is missing makes it read again before the answer is "no", unless that was done within the
 * last second; many such questions at a time share one reading, and no more than one reading starts each second after a
 * burst of five. Whoever has changed what is served says so ({@link #changed}), and finds it at once.
 *
 * <p>A kind of a group whose own server does not answer, so that nobody can tell whether it is served, is never "no": the
 * stage fails with a transient {@link ApiError}.
 */
public final class Discovery {

    private static final int BURST = 5;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DiscoveryReader reader;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private volatile Catalogue catalogue = Catalogue.EMPTY;
    private final long origin;
    // Guarded by the lock: whether a reading runs or waits for its turn, who waits for one that has not begun, the time at
    // which the next one is due at a steady pace, and the last one that has begun, unless it came before a change.
    private boolean running;
    private @Nullable CompletableFuture<Catalogue> waiting;
    private long pace;
    private @Nullable Reading last;

    /** @param begun when the first request was sent, at the latest */
    private record Reading(CompletableFuture<Catalogue> result, long begun) {}

    /** Ask on behalf of an account; who may see a kind does not depend on it. */
    public Discovery(ObjectApi api) {
        this(api, System::nanoTime);
    }

    Discovery(ObjectApi api, LongSupplier nanoTime) {
        this.reader = new DiscoveryReader(api.connection());
        this.executor = api.connection().executor();
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    /** Find how a kind is served in exactly a version; empty when it is not. */
    public CompletionStage<Optional<ResourceType>> find(String group, String version, String kind) {
        return find(group, version, known -> known.exact(group, version, kind));
    }

    /** Find how the kind of a manifest is served in its version; empty when it is not. */
    public CompletionStage<Optional<ResourceType>> find(Manifest manifest) {
        return find(manifest.ref().group(), manifest.version(), manifest.kind());
    }

    /** Find how a kind is served in the version that the server prefers; empty when in none. */
    public CompletionStage<Optional<ResourceType>> preferred(String group, String kind) {
        return find(group, "", known -> known.preferred(group, kind));
    }

    /** Find how a kind is served in a version, or else in the one that the server prefers; empty when in none. */
    public CompletionStage<Optional<ResourceType>> closest(String group, String version, String kind) {
        Optional<ResourceType> known = catalogue.exact(group, version, kind);
        return known.isPresent()
                ? CompletableFuture.completedStage(known)
                : recent().thenApply(read -> read.exact(group, version, kind)
                        .or(() -> none(read, group, version))
                        .or(() -> read.preferred(group, kind))
                        .or(() -> none(read, group, "")));
    }

    /** List every kind in the version that the server prefers, as last read; reads first when it never was. */
    public CompletionStage<List<ResourceType>> all() {
        Catalogue known = catalogue;
        return known == Catalogue.EMPTY
                ? refresh().thenApply(Catalogue::all)
                : CompletableFuture.completedStage(known.all());
    }

    /** Look up what is known already, without asking the server. */
    public Optional<ResourceType> peek(String group, String version, String kind) {
        return catalogue.exact(group, version, kind);
    }

    /** Read all again, for whom the server told that it does not serve a kind that is known here. */
    public CompletionStage<Void> reread() {
        return refresh().thenAccept(read -> {});
    }

    /** Let no kind be missing for what was read before now, for whom has changed what the server serves. */
    public void changed() {
        synchronized (lock) {
            last = null;
        }
    }

    private CompletionStage<Optional<ResourceType>> find(String group, String version,
            Function<Catalogue, Optional<ResourceType>> question) {
        Optional<ResourceType> known = question.apply(catalogue);
        return known.isPresent()
                ? CompletableFuture.completedStage(known)
                : recent().thenApply(read -> question.apply(read).or(() -> none(read, group, version)));
    }

    private static Optional<ResourceType> none(Catalogue read, String group, String version) {
        read.unread(group, version).ifPresent(unread -> {
            throw new ApiException(new ApiError(503, "ServiceUnavailable",
                    "the API server cannot tell what it serves as %s: the server behind that does not answer"
                            .formatted(unread),
                    "", "", List.of(), Optional.empty()));
        });
        return Optional.empty();
    }

    /** Gives the result of a reading that started not long ago, or starts now. */
    private CompletionStage<Catalogue> recent() {
        synchronized (lock) {
            return last != null && now() - last.begun() < INTERVAL_NANOS && !last.result().isCompletedExceptionally()
                    ? last.result()
                    : refresh();
        }
    }

    /** Gives the result of a reading that starts after this call: one that runs already may have missed the change. */
    private CompletionStage<Catalogue> refresh() {
        synchronized (lock) {
            if (waiting == null) {
                waiting = new CompletableFuture<>();
                if (!running) {
                    startWaiting();
                }
            }
            return waiting;
        }
    }

    private void startWaiting() {
        long now = now();
        // The generic cell rate algorithm: a burst may run ahead of the steady pace by its size.
        long pause = Math.max(0, pace - (BURST - 1) * INTERVAL_NANOS - now);
        pace = Math.max(pace, now) + INTERVAL_NANOS;
        running = true;
        CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, executor).execute(this::read);
    }

    private void read() {
        CompletableFuture<Catalogue> reading;
        synchronized (lock) {
            reading = Objects.requireNonNull(waiting);
            waiting = null;
            last = new Reading(reading, now());
        }
        reader.read().whenComplete((read, failure) -> {
            synchronized (lock) {
                running = false;
                if (read != null) {
                    catalogue = read;
                }
                if (waiting != null) {
                    startWaiting();
                }
            }
            if (read != null) {
                reading.complete(read);
            } else {
                reading.completeExceptionally(failure);
            }
        });
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }
}
