package dev.tenantry.secretsservice.http;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.messaging.BrokerLink;
import io.smallrye.common.annotation.Identifier;

/** Say in health's detail what is there; nothing here ever makes a pod unready, which could not give certificates then. */
@Readiness
@Singleton
public class DependenciesCheck implements HealthCheck {

    private final Ownership ownership;
    private final BrokerLink broker;
    private final Keys keys;

    DependenciesCheck(@Identifier("secrets-service") Ownership ownership, BrokerLink broker, Keys keys) {
        this.ownership = ownership;
        this.broker = broker;
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("secrets-service")
                .up()
                .withData("ownership", ownership.describe())
                .withData("broker", broker.describe())
                .withData("keys", keys.areKnown() ? keys.ring().all().size() + " in use" : "not known yet")
                .build();
    }
}
