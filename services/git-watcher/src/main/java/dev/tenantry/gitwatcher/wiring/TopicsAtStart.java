package dev.tenantry.gitwatcher.wiring;

import java.util.Map;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.TopicSetup;
import io.quarkus.runtime.StartupEvent;

/** Make the topics that are missing, as soon as the broker answers. */
@Singleton
class TopicsAtStart {

    private final String bootstrapServers;
    private @Nullable TopicSetup setup;

    TopicsAtStart(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent event) {
        setup = TopicSetup.inBackground(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), Topics.all());
    }

    @PreDestroy
    void stop() {
        if (setup != null) {
            setup.close();
        }
    }
}
