package dev.tenantry.bench.rig;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Objects of one kind and namespace, watched for what they are expected to become. */
public final class Watched<T extends HasMetadata> implements AutoCloseable {

    private final SharedIndexInformer<T> informer;
    private final Map<String, List<Expectation<T>>> expectations = new ConcurrentHashMap<>();
    private final Map<String, T> latest = new ConcurrentHashMap<>();

    private Watched(Informable<T> objects) {
        this.informer = objects.inform(new Handler());
    }

    /** Watch until this is closed; returns once what is there is known. */
    public static <T extends HasMetadata> Watched<T> of(Informable<T> objects) {
        return new Watched<>(objects);
    }

    private record Expectation<T>(Predicate<Optional<T>> predicate, CompletableFuture<Long> seen) {

        void look(Optional<T> object) {
            if (!seen.isDone() && predicate.test(object)) {
                seen.complete(System.nanoTime());
            }
        }
    }

    /** Complete with the time, by {@link System#nanoTime}, at which an object is seen to be so. */
    public CompletableFuture<Long> expect(String name, Predicate<T> predicate) {
        return expectation(name, object -> object.filter(predicate).isPresent());
    }

    /** Complete with the time at which there is no object of a name. */
    public CompletableFuture<Long> expectGone(String name) {
        return expectation(name, Optional::isEmpty);
    }

    /** Return an object as it was last seen. */
    public Optional<T> get(String name) {
        return Optional.ofNullable(latest.get(name));
    }

    public int size() {
        return latest.size();
    }

    private CompletableFuture<Long> expectation(String name, Predicate<Optional<T>> predicate) {
        var expectation = new Expectation<T>(predicate, new CompletableFuture<>());
        // First listed, then looked at: what comes in between is looked at twice, never missed.
        expectations.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>()).add(expectation);
        expectation.look(get(name));
        return expectation.seen;
    }

    private void look(String name) {
        List<Expectation<T>> expected = expectations.get(name);
        if (expected != null) {
            expected.forEach(each -> each.look(get(name)));
            expected.removeIf(each -> each.seen.isDone());
        }
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Handler implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            latest.put(object.getMetadata().getName(), object);
            look(object.getMetadata().getName());
        }

        @Override
        public void onUpdate(T before, T now) {
            onAdd(now);
        }

        @Override
        public void onDelete(T object, boolean unknownFinalState) {
            latest.remove(object.getMetadata().getName());
            look(object.getMetadata().getName());
        }
    }
}
