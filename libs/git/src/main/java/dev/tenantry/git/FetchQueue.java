package dev.tenantry.git;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Let one batch of fetches be in flight for a remote. Who comes meanwhile waits for the next batch, which asks the
 * remote once for all of them; the one in flight may have looked before what they heard of was pushed.
 */
final class FetchQueue {

    private final Executor threads;
    private final Consumer<List<FetchRequest>> fetch;
    private final Map<RemoteKey, List<FetchRequest>> waiting = new HashMap<>();
    private final Set<RemoteKey> running = new HashSet<>();

    FetchQueue(Executor threads, Consumer<List<FetchRequest>> fetch) {
        this.threads = threads;
        this.fetch = fetch;
    }

    void add(RemoteKey key, FetchRequest request) {
        synchronized (this) {
            waiting.computeIfAbsent(key, any -> new ArrayList<>()).add(request);
            if (!running.add(key)) {
                return;
            }
        }
        threads.execute(() -> drain(key));
    }

    private void drain(RemoteKey key) {
        for (List<FetchRequest> batch = next(key); batch != null; batch = next(key)) {
            try {
                fetch.accept(batch);
            } catch (RuntimeException | Error bug) {
                batch.forEach(request -> request.result().completeExceptionally(bug));
            }
        }
    }

    private synchronized @Nullable List<FetchRequest> next(RemoteKey key) {
        List<FetchRequest> batch = waiting.remove(key);
        if (batch == null) {
            running.remove(key);
        }
        return batch;
    }
}
