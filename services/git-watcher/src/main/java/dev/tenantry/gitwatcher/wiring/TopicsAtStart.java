package dev.tenantry.gitwatcher.wiring;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.BrokerWatch;
import io.quarkus.runtime.StartupEvent;

/** Make the topics that are missing, as soon as the broker answers. */
@Singleton
class TopicsAtStart {

    private final String bootstrapServers;
    private @Nullable BrokerWatch watch;

    TopicsAtStart(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent event) {
        // Sources are looked at again by their intervals, so a broker's return needs nothing here.
        watch = BrokerWatch.start(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), Topics.all(),
                Duration.ofSeconds(5), () -> {}, Clock.systemUTC());
    }

    @PreDestroy
    void stop() {
        if (watch != null) {
            watch.close();
        }
    }
}
