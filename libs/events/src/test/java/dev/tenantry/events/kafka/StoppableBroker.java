package dev.tenantry.events.kafka;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.testkit.kafka.Broker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A broker for one application, with the topics that its BrokerWatch would make. */
public class StoppableBroker implements QuarkusTestResourceLifecycleManager {

    private static @Nullable Broker broker;

    @Override
    public Map<String, String> start() {
        Broker started = Broker.start();
        broker = started;
        try {
            TopicSetup.create(Map.of("bootstrap.servers", started.bootstrapServers()), Topics.all());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Map.of("kafka.bootstrap.servers", started.bootstrapServers());
    }

    @Override
    public void stop() {
        broker().close();
    }

    static Broker broker() {
        return Objects.requireNonNull(broker);
    }
}
