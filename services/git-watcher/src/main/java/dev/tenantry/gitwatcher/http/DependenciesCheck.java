package dev.tenantry.gitwatcher.http;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tenantry.gitwatcher.messaging.BrokerLink;
import dev.tenantry.gitwatcher.store.HistoryDatabase;
import dev.tenantry.kubernetes.ownership.Ownership;
import io.smallrye.common.annotation.Identifier;

/** Say in health's detail what is there; nothing here ever makes a pod unready, which could take no webhooks then. */
@Readiness
@Singleton
public class DependenciesCheck implements HealthCheck {

    private final Ownership ownership;
    private final BrokerLink broker;
    private final HistoryDatabase database;

    DependenciesCheck(@Identifier("git-watcher") Ownership ownership, BrokerLink broker,
            HistoryDatabase database) {
        this.ownership = ownership;
        this.broker = broker;
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("git-watcher")
                .up()
                .withData("ownership", ownership.describe())
                .withData("broker", broker.describe())
                .withData("history", database.describe())
                .build();
    }
}
