package dev.tenantry.reconciler.http;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.reconciler.messaging.BrokerLink;
import dev.tenantry.reconciler.queue.WorkQueue;
import io.smallrye.common.annotation.Identifier;

/** Say in health's detail what this replica works on; a missing broker makes no pod unready, for it goes on without. */
@Readiness
@Singleton
class OwnershipCheck implements HealthCheck {

    private final Ownership ownership;
    private final BrokerLink broker;
    private final WorkQueue queue;

    OwnershipCheck(@Identifier("reconciler") Ownership ownership, BrokerLink broker, WorkQueue queue) {
        this.ownership = ownership;
        this.broker = broker;
        this.queue = queue;
    }

    @Override
    public HealthCheckResponse call() {
        WorkQueue.Load load = queue.load();
        return HealthCheckResponse.named("reconciler")
                .up()
                .withData("ownership", ownership.describe())
                .withData("broker", broker.describe())
                .withData("waiting", load.waiting())
                .withData("running", load.running())
                .build();
    }
}
