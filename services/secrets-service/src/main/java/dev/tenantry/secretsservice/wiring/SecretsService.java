package dev.tenantry.secretsservice.wiring;

import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.ownership.LeaseElection;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.secretsservice.messaging.BrokerLink;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** Start what watches, and stop it in the reverse order. */
@Singleton
class SecretsService {

    private static final Logger LOG = Logger.getLogger(SecretsService.class);

    private final SecretsServiceConfig config;
    private final Opening opening;
    private final Custody custody;
    private final BrokerLink broker;
    private final LeaseElection election;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    SecretsService(SecretsServiceConfig config, Opening opening, Custody custody, BrokerLink broker,
            @Identifier(Parts.SERVICE) LeaseElection election) {
        this.config = config;
        this.opening = opening;
        this.custody = custody;
        this.broker = broker;
        this.election = election;
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            LOG.info("secrets-service is switched off: no SealedSecret is opened");
            return;
        }
        running.push(custody);
        custody.start();
        opening.start(custody::soon).forEach(running::push);
        running.push(broker.start());
        running.push(election);
        election.start();
    }

    /** Stop while the parts still work that the turns under way use. */
    void stop(@Observes ShutdownEvent event) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of secrets-service did not stop cleanly", e);
            }
        }
    }
}
