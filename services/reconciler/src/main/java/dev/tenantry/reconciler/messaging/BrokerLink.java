package dev.tenantry.reconciler.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.BrokerWatch;
import dev.tenantry.reconciler.Reconciler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** Follow whether the broker answers: what it did not deliver meanwhile is found by a resync. */
@ApplicationScoped
class BrokerLink {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Map<String, Object> broker;
    private final Reconciler reconciler;
    private @Nullable BrokerWatch watch;

    BrokerLink(@Identifier("default-kafka-broker") Map<String, Object> broker, Reconciler reconciler) {
        this.broker = broker;
        this.reconciler = reconciler;
    }

    void start(@Observes StartupEvent event) {
        watch = BrokerWatch.start(broker, Topics.all(), INTERVAL, () -> reconciler.resync(target -> true),
                Clock.systemUTC());
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.close();
        }
    }

    /** Tell since when the broker does not answer; empty if it does. */
    Optional<Instant> unreachableSince() {
        return Optional.ofNullable(watch).flatMap(BrokerWatch::unreachableSince);
    }
}
