package dev.tenantry.gitwatcher.wiring;

import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.messaging.BrokerLink;
import dev.tenantry.kubernetes.ownership.LeaseElection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** Start what watches, and stop it in the reverse order. */
@Singleton
class GitWatcher {

    private static final Logger LOG = Logger.getLogger(GitWatcher.class);

    private final GitWatcherConfig config;
    private final SourceWatch sources;
    private final HookWatch hooks;
    private final BrokerLink broker;
    private final LeaseElection election;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    GitWatcher(GitWatcherConfig config, SourceWatch sources, HookWatch hooks, BrokerLink broker,
            @Identifier(Parts.SERVICE) LeaseElection election) {
        this.config = config;
        this.sources = sources;
        this.hooks = hooks;
        this.broker = broker;
        this.election = election;
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            LOG.info("git-watcher is switched off: no source is watched");
            return;
        }
        // Who owns what comes last: then the objects are known that it asks for.
        sources.start().forEach(running::push);
        hooks.start().forEach(running::push);
        running.push(broker.start());
        running.push(election);
        election.start();
    }

    /** Stop while the parts still work that the looks under way use. */
    void stop(@Observes ShutdownEvent event) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of git-watcher did not stop cleanly", e);
            }
        }
    }
}
