package dev.tenantry.gitwatcher.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.Deliveries;
import dev.tenantry.gitwatcher.Delivery;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.store.Transactions.Result;
import dev.tenantry.gitwatcher.webhook.Hook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/**
 * Write the history beside the work, never in its way: a {@link Backlog} waits for Postgres.
 *
 * <p>One thread writes, in batches; the same thread deletes what is older than the retention.
 */
@Singleton
public class HistoryWriter implements Observer, Deliveries {

    private static final Logger LOG = Logger.getLogger(HistoryWriter.class);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final HistoryDatabase database;
    private final Entries entries;
    private final Clock clock;
    private final Duration retention;
    private final boolean enabled;
    private final Backlog backlog;
    private final Thread writer = Thread.ofPlatform().daemon().name("git-watcher-history").unstarted(this::run);
    private Instant cleanedAt = Instant.EPOCH;

    HistoryWriter(HistoryDatabase database, Entries entries, GitWatcherConfig config, MeterRegistry meters,
            @Identifier("git-watcher") Clock clock) {
        this.database = database;
        this.entries = entries;
        this.clock = clock;
        this.retention = config.history().retention();
        this.enabled = config.history().enabled();
        Counter dropped = Counter.builder("git_watcher.history.dropped")
                .description("Entries of the history that were not written")
                .register(meters);
        this.backlog = new Backlog(database, config.history().buffer(), dropped);
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

    private void put(Supplier<List<PanacheEntityBase>> entities) {
        if (enabled) {
            backlog.add(() -> {
                List<PanacheEntityBase> made = entities.get();
                return () -> made.forEach(entity -> entity.persist());
            });
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                backlog.write(PATIENCE);
                clean();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // A bug; nobody would write the history after it.
                LOG.error("The history could not be written", e);
            }
        }
    }

    private void clean() {
        Instant now = clock.instant();
        if (now.isBefore(cleanedAt.plus(BETWEEN_CLEANINGS)) || !database.isReady()) {
            return;
        }
        Instant oldest = now.minus(retention);
        Result result = database.write(() -> {
            RevisionEntity.delete("observedAt < ?1", oldest);
            FetchEntity.delete("endedAt < ?1", oldest);
            DeliveryEntity.delete("receivedAt < ?1", oldest);
        });
        switch (result) {
            case Result.Written written -> cleanedAt = now;
            case Result.Refused refused -> {
                LOG.error("What is older than the retention stays in the history for now", refused.cause());
                cleanedAt = now;
            }
            case Result.Away away -> {
                // It is tried again when Postgres is ready.
            }
        }
    }
}
