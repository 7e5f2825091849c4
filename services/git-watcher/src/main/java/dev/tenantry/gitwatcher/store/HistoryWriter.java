package dev.tenantry.gitwatcher.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.Deliveries;
import dev.tenantry.gitwatcher.Delivery;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.webhook.Hook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/**
 * Write the history beside the work, never in its way: what Postgres does not take in time is dropped and counted.
 *
 * <p>One thread writes, in batches; the same thread deletes what is older than the retention.
 */
@Singleton
public class HistoryWriter implements Observer, Deliveries {

    private static final int BATCH = 100;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final long POLL_MILLIS = 500;

    private final HistoryDatabase database;
    private final Entries entries;
    private final Clock clock;
    private final Duration retention;
    private final boolean enabled;
    private final BlockingQueue<Entry> queue;
    private final Counter dropped;
    private final Thread writer = Thread.ofPlatform().daemon().name("git-watcher-history").unstarted(this::run);
    private Instant cleanedAt = Instant.EPOCH;

    /** What is to be written, made by the writer's thread, since finding changed paths takes a while. */
    @FunctionalInterface
    private interface Entry {

        List<PanacheEntityBase> entities();
    }

    HistoryWriter(HistoryDatabase database, Entries entries, GitWatcherConfig config, MeterRegistry meters,
            @Identifier("git-watcher") Clock clock) {
        this.database = database;
        this.entries = entries;
        this.clock = clock;
        this.retention = config.history().retention();
        this.enabled = config.history().enabled();
        this.queue = new ArrayBlockingQueue<>(config.history().buffer());
        this.dropped = Counter.builder("git_watcher.history.dropped")
                .description("Entries of the history that were not written")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            writer.start();
        }
    }

    @PreDestroy
    void stop() {
        writer.interrupt();
    }

    @Override
    public void observed(Observation observation) {
        if (observation.isNews()) {
            put(() -> entries.of(observation));
        }
    }

    @Override
    public void delivered(Hook hook, Delivery delivery, @Nullable String traceparent) {
        put(() -> List.of(entries.of(hook, delivery)));
    }

    private void put(Entry entry) {
        if (enabled && !queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Entry first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                }
                clean();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(List<Entry> batch) {
        List<PanacheEntityBase> entities = batch.stream().flatMap(entry -> entry.entities().stream()).toList();
        boolean written = database.isReady() && database.write(() -> entities.forEach(entity -> entity.persist()));
        if (!written) {
            dropped.increment(batch.size());
        }
    }

    private void clean() {
        Instant now = clock.instant();
        if (!database.isReady() || now.isBefore(cleanedAt.plus(BETWEEN_CLEANINGS))) {
            return;
        }
        Instant oldest = now.minus(retention);
        boolean cleaned = database.write(() -> {
            RevisionEntity.delete("observedAt < ?1", oldest);
            FetchEntity.delete("endedAt < ?1", oldest);
            DeliveryEntity.delete("receivedAt < ?1", oldest);
        });
        if (cleaned) {
            cleanedAt = now;
        }
    }
}
