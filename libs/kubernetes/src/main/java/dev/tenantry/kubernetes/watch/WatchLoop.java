package dev.tenantry.kubernetes.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiConnection;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ApiRequest;
import dev.tenantry.kubernetes.api.LineStream;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Lists, watches from the list's version on, and begins again where it was cut.
 *
 * <p>The steps follow one another, never two at a time, so that what they share needs no lock: a page of the list, a line
 * of the watch, a pause. Only {@link #close} comes from outside.
 */
final class WatchLoop<T> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiConnection connection;
    private final ResourceType type;
    private final WatchScope scope;
    private final Codec<T> codec;
    private final WatchListener<T> listener;
    private final WatchTiming timing;
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    // All that is kept of an object, to tell what is new after a relisting and what went meanwhile.
    private final Map<String, String> versions = new HashMap<>();
    private String resourceVersion = "";
    private int failures;
    private boolean pagesExpired;
    private volatile boolean closed;
    private volatile @Nullable LineStream stream;

    WatchLoop(ApiConnection connection, ResourceType type, WatchScope scope, Codec<T> codec,
            WatchListener<T> listener, WatchTiming timing) {
        this.connection = connection;
        this.type = type;
        this.scope = scope;
        this.codec = codec;
        this.listener = listener;
        this.timing = timing;
    }

    void start() {
        list();
    }

    CompletionStage<Void> whenSynced() {
        return synced.minimalCompletionStage();
    }

    void close() {
        closed = true;
        LineStream open = stream;
        if (open != null) {
            open.cancel();
        }
        synced.completeExceptionally(new CancellationException("The watch was closed"));
    }

    private void list() {
        resourceVersion = "";
        page("", new HashSet<>());
    }

    private void page(String continueToken, Set<String> seen) {
        if (closed) {
            return;
        }
        ApiRequest request = ApiRequest.get(
                selection().with("limit", pagesExpired ? "" : Integer.toString(timing.pageSize()))
                        .with("continue", continueToken)
                        .toString())
                .accepting(codec.listTypes());
        connection.send(request)
                .thenApply(body -> told(body, seen))
                .whenComplete((head, failure) -> {
                    if (failure != null) {
                        // A list that takes longer than the server remembers its snapshot is asked for in one piece.
                        pagesExpired |= isGone(failure);
                        retry(failure, this::list);
                    } else if (!head.continueToken().isEmpty()) {
                        page(head.continueToken(), seen);
                    } else {
                        listed(head.resourceVersion(), seen);
                    }
                });
    }

    private ListReader.Head told(byte[] body, Set<String> seen) {
        try {
            return new ListReader(JSON).read(body, object -> {
                String key = key(object);
                seen.add(key);
                tell(key, object);
            });
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void listed(String version, Set<String> seen) {
        try {
            Set<String> gone = new HashSet<>(versions.keySet());
            gone.removeAll(seen);
            for (String key : gone) {
                if (closed) {
                    return;
                }
                listener.deleted(codec.gone(NamespacedName.parse(key), versions.get(key)));
                versions.remove(key);
            }
            listener.synced(version);
        } catch (RuntimeException e) {
            retry(e, this::list);
            return;
        }
        synced.complete(null);
        pagesExpired = false;
        resourceVersion = version;
        watch();
    }

    private void watch() {
        if (closed) {
            return;
        }
        ApiRequest request = ApiRequest.get(
                selection().with("watch", true)
                        .with("allowWatchBookmarks", true)
                        .with("resourceVersion", resourceVersion)
                        .with("timeoutSeconds", Integer.toString(timing.watchSeconds()))
                        .toString())
                .accepting(codec.watchTypes());
        long began = System.nanoTime();
        connection.stream(request, timing.idle(), this::line)
                .thenCompose(this::opened)
                .whenComplete((nothing, failure) -> ended(began, failure));
    }

    private CompletionStage<Void> opened(LineStream open) {
        stream = open;
        if (closed) {
            open.cancel();
        }
        return open.ended();
    }

    private void ended(long began, @Nullable Throwable failure) {
        stream = null;
        long lived = System.nanoTime() - began;
        if (lived > timing.longestPause().toNanos()) {
            failures = 0;
        }
        if (failure == null) {
            if (lived > timing.shortestPause().toNanos()) {
                watch();
            } else {
                pause(this::watch);
            }
        } else if (ApiException.errorOf(failure).filter(ApiError::isTransport).isPresent() || isRefused(failure)) {
            retry(failure, this::watch);
        } else {
            retry(failure, this::list);
        }
    }

    /** Tells whether the server would not open the watch for a reason that a list would meet just so. */
    private static boolean isRefused(Throwable failure) {
        return ApiException.errorOf(failure)
                .filter(error -> error.isForbidden() || error.isUnauthorized() || error.isTooMany()
                        || error.code() == 503)
                .isPresent();
    }

    private void line(byte[] line) throws IOException {
        if (closed || line.length == 0) {
            return;
        }
        JsonNode event = JSON.readTree(line);
        if (!(event.path("object") instanceof ObjectNode object)) {
            throw new IOException("The API server sent a watch event without an object");
        }
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> tell(key(object), object);
            case "DELETED" -> {
                listener.deleted(codec.read(object));
                versions.remove(key(object));
            }
            case "BOOKMARK" -> {}
            case "ERROR" -> throw new ApiException(ApiError.of(object));
            default -> throw new IOException("The API server sent an unknown watch event");
        }
        // Only now: had the listener failed, the event would have to come again.
        resourceVersion = version(object);
        failures = 0;
    }

    /** Tells an object when its version is new to the listener. */
    private void tell(String key, ObjectNode object) {
        if (closed) {
            return;
        }
        String version = version(object);
        String known = versions.get(key);
        if (version.equals(known)) {
            return;
        }
        T told = codec.read(object);
        if (known == null) {
            listener.added(told);
        } else {
            listener.modified(told);
        }
        versions.put(key, version);
    }

    private void retry(Throwable failure, Runnable next) {
        if (closed) {
            return;
        }
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        try {
            if (!isGone(failure)) {
                listener.interrupted(cause);
            }
        } finally {
            pause(isGone(failure) ? this::list : next);
        }
    }

    private void pause(Runnable next) {
        Duration pause = timing.pauseAfter(failures++);
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(next);
    }

    private static boolean isGone(Throwable failure) {
        return ApiException.errorOf(failure).filter(ApiError::isGone).isPresent();
    }

    private ApiRequest.Path selection() {
        return new ApiRequest.Path(type.collectionPath(scope.namespace()))
                .with("labelSelector", scope.labelSelector())
                .with("fieldSelector", scope.fieldSelector());
    }

    private static String key(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText("");
        String name = metadata.path("name").asText();
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }
}
