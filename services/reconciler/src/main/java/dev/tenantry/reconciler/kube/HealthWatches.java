package dev.tenantry.reconciler.kube;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.health.Health;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.health.Check;
import dev.tenantry.reconciler.health.HealthReport;
import dev.tenantry.reconciler.health.HealthWatch;

/**
 * Watches of whole objects, shared by all targets that wait for objects of a kind in a namespace as the same account.
 * <p>
 * A watch ends a while after the last of them has stopped waiting, since the next often follows at once.
 */
final class HealthWatches implements HealthWatch, AutoCloseable {

    private static final Duration LINGER = Duration.ofSeconds(10);

    private final ObjectApi api;
    private final Discovery discovery;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Consumer<NamespacedName> changed;
    private final Map<Place, SharedWatch> watches = new ConcurrentHashMap<>();
    private final Map<NamespacedName, Set<SharedWatch>> waiting = new ConcurrentHashMap<>();

    /** @param changed is told the targets for which the health of an object has changed */
    HealthWatches(ObjectApi api, Discovery discovery, Clock clock, ScheduledExecutorService timer,
            Consumer<NamespacedName> changed) {
        this.api = api;
        this.discovery = discovery;
        this.clock = clock;
        this.timer = timer;
        this.changed = changed;
    }

    /** Where objects are watched, and by whom. */
    private record Place(Account account, ResourceType type, String namespace) {}

    @Override
    public HealthReport check(NamespacedName target, Account account, Set<Check> checks) {
        var pending = new TreeMap<ObjectRef, String>();
        var failed = new TreeMap<ObjectRef, String>();
        var healthy = new HashMap<ObjectRef, String>();
        for (Check check : checks) {
            ObjectRef ref = check.ref();
            Optional<ResourceType> type = find(check);
            if (type.isEmpty()) {
                pending.put(ref, "is of a kind that the API server does not serve");
                continue;
            }
            String namespace = type.get().namespaced() ? ref.namespace() : "";
            SharedWatch watch = join(new Place(account, type.get(), namespace), target, ref.name());
            Readings.Reading reading = watch.readings.of(ref.name(), check.since());
            switch (reading.health()) {
                case Health.Current current -> healthy.put(ref, reading.resourceVersion());
                case Health.InProgress progress -> pending.put(ref, "status: 'InProgress': " + progress.message());
                case Health.Terminating terminating -> pending.put(ref, "status: 'Terminating'");
                case Health.NotFound notFound -> pending.put(ref, "status: 'NotFound'");
                case Health.Failed broken -> failed.put(ref, "status: 'Failed': " + broken.message());
            }
        }
        return new HealthReport(pending, failed, healthy);
    }

    private Optional<ResourceType> find(Check check) {
        ObjectRef ref = check.ref();
        var question = check.version().isEmpty()
                ? discovery.preferred(ref.group(), ref.kind())
                : discovery.find(ref.group(), check.version(), ref.kind());
        return Answer.of(question) instanceof Answer.Given<Optional<ResourceType>> given
                ? given.value()
                : Optional.empty();
    }

    private SharedWatch join(Place place, NamespacedName target, String name) {
        SharedWatch watch = watches.compute(place, (any, existing) -> {
            SharedWatch shared = existing == null ? new SharedWatch(place) : existing;
            shared.readings.join(target, name);
            return shared;
        });
        watch.start();
        waiting.computeIfAbsent(target, any -> ConcurrentHashMap.newKeySet()).add(watch);
        return watch;
    }

    @Override
    public void end(NamespacedName target) {
        Set<SharedWatch> joined = waiting.remove(target);
        if (joined == null) {
            return;
        }
        for (SharedWatch watch : joined) {
            if (watch.readings.leave(target)) {
                timer.schedule(() -> closeIfIdle(watch), LINGER.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void closeIfIdle(SharedWatch watch) {
        watches.computeIfPresent(watch.place, (any, current) -> {
            if (current != watch || !watch.readings.isIdle()) {
                return current;
            }
            watch.close();
            return null;
        });
    }

    @Override
    public void close() {
        watches.values().forEach(SharedWatch::close);
    }

    /** One watch and those who wait for its objects. */
    private final class SharedWatch implements WatchListener<ObjectNode> {

        private final Place place;
        private final Readings readings = new Readings();
        private @Nullable ObjectWatch watch;

        SharedWatch(Place place) {
            this.place = place;
        }

        synchronized void start() {
            if (watch == null) {
                watch = ObjectWatch.ofObjects(api.as(place.account().namespace(), place.account().name()), place.type(),
                        WatchScope.in(place.namespace()), this);
            }
        }

        synchronized void close() {
            if (watch != null) {
                watch.close();
            }
        }

        @Override
        public void added(ObjectNode object) {
            seen(object);
        }

        @Override
        public void modified(ObjectNode object) {
            seen(object);
        }

        private void seen(ObjectNode object) {
            Manifest live = Manifest.of(object);
            readings.seen(live.name(), new Readings.Reading(Health.of(live, clock.instant()),
                    live.at("metadata", "resourceVersion").asText())).forEach(changed);
        }

        @Override
        public void deleted(ObjectNode object) {
            readings.gone(object.path("metadata").path("name").asText()).forEach(changed);
        }

        @Override
        public void synced() {
            readings.synced().forEach(changed);
        }

        @Override
        public void interrupted(Throwable cause) {
            readings.interrupted("cannot be watched: " + cause.getMessage()).forEach(changed);
        }
    }
}
