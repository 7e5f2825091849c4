package dev.tenantry.gitwatcher.wiring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

/** Start what watches, and stop it in the reverse order. */
@Singleton
class GitWatcher {

    private static final Logger LOG = Logger.getLogger(GitWatcher.class);

    private final GitWatcherConfig config;
    private final SourceWatch sources;
    private final HookWatch hooks;
    private final BrokerLink broker;
    private final RepositoryStore store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("git-watcher-maintenance").factory());
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    GitWatcher(GitWatcherConfig config, SourceWatch sources, HookWatch hooks, BrokerLink broker,
            RepositoryStore store) {
        this.config = config;
        this.sources = sources;
        this.hooks = hooks;
        this.broker = broker;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            LOG.info("git-watcher is switched off: no source is watched");
            return;
        }
        // Who owns what comes last: then the objects are known that it asks for.
        sources.start().forEach(running::push);
        hooks.start().forEach(running::push);
        broker.start().forEach(running::push);
        Duration every = config.repositories().collectEvery();
        timer.scheduleWithFixedDelay(this::collect, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of git-watcher did not stop cleanly", e);
            }
        }
    }

    private void collect() {
        try {
            LOG.infof("Repositories were collected report=%s", store.maintenance(config.repositories().grace()));
        } catch (RuntimeException e) {
            LOG.error("Repositories could not be collected", e);
        }
    }
}
