package dev.tenantry.secretsservice.wiring;

import java.time.Clock;

import jakarta.inject.Singleton;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.KubernetesLeases;
import dev.tenantry.kubernetes.ownership.LeaseElection;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.secretsservice.messaging.Replica;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.common.annotation.Identifier;

/** Try for the service's Lease while there is no broker. */
@Singleton
class Election {

    private final KubernetesClient client;
    private final Ownership ownership;
    private final SecretsServiceConfig config;
    private final Replica replica;
    private final Clock clock;

    Election(KubernetesClient client, @Identifier(Parts.SERVICE) Ownership ownership, SecretsServiceConfig config,
            Replica replica, @Identifier(Parts.SERVICE) Clock clock) {
        this.client = client;
        this.ownership = ownership;
        this.config = config;
        this.replica = replica;
        this.clock = clock;
    }

    AutoCloseable start() {
        NamespacedName lease = new NamespacedName(config.namespace(), Parts.SERVICE);
        LeaseElection election = new LeaseElection(ownership, new KubernetesLeases(client, lease), replica.name(),
                LeaseElection.Timing.DEFAULT, clock);
        election.start();
        return election;
    }
}
