package dev.tenantry.gitwatcher.wiring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tenantry.git.RepositoryStore;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import io.quarkus.runtime.StartupEvent;

/** Repack repositories and collect what nothing refers to, now and then. */
@Singleton
class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);

    private final RepositoryStore store;
    private final GitWatcherConfig.Repositories config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("git-watcher-maintenance").factory());

    Maintenance(RepositoryStore store, GitWatcherConfig config) {
        this.store = store;
        this.config = config.repositories();
    }

    void start(@Observes StartupEvent event) {
        Duration every = config.collectEvery();
        timer.scheduleWithFixedDelay(this::collect, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    private void collect() {
        try {
            LOG.infof("Repositories were collected report=%s", store.maintenance(config.grace()));
        } catch (RuntimeException e) {
            // Thrown on, it would end the schedule.
            LOG.error("Repositories could not be collected", e);
        }
    }
}
