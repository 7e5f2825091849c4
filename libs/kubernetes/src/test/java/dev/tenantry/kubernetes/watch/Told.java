package dev.tenantry.kubernetes.watch;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Notes what a watch tells, as {@code +name}, {@code ~name}, {@code -name}, {@code synced} and {@code cut}. */
final class Told<T> implements WatchListener<T> {

    private final Function<T, String> name;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<T> objects = new CopyOnWriteArrayList<>();

    private Told(Function<T, String> name) {
        this.name = name;
    }

    static Told<ObjectMetadata> metadata() {
        return new Told<>(object -> object.name().name());
    }

    static <T> Told<T> of(Function<T, String> name) {
        return new Told<>(name);
    }

    static void awaitSynced(CompletionStage<Void> synced) {
        synced.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    List<String> events() {
        return events;
    }

    T last() {
        return objects.getLast();
    }

    @Override
    public void added(T object) {
        note("+", object);
    }

    @Override
    public void modified(T object) {
        note("~", object);
    }

    @Override
    public void deleted(T object) {
        note("-", object);
    }

    @Override
    public void synced() {
        events.add("synced");
    }

    @Override
    public void interrupted(Throwable cause) {
        events.add("cut");
    }

    private void note(String sign, T object) {
        objects.add(object);
        events.add(sign + name.apply(object));
    }
}
