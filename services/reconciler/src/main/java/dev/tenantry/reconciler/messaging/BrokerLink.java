package dev.tenantry.reconciler.messaging;

import java.time.Clock;
import java.util.Map;

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
public class BrokerLink {

    private final Map<String, Object> broker;
    private final Reconciler reconciler;
    private volatile @Nullable BrokerWatch watch;

    BrokerLink(@Identifier("default-kafka-broker") Map<String, Object> broker, Reconciler reconciler) {
        this.broker = broker;
        this.reconciler = reconciler;
    }

    void start(@Observes StartupEvent event) {
        watch = BrokerWatch.start(broker, Topics.all(), () -> reconciler.resync(target -> true), Clock.systemUTC());
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.close();
        }
    }

    /** Say in a few words, for health's detail, whether the broker answers. */
    public String describe() {
        BrokerWatch now = watch;
        return now == null ? "not asked yet" : now.describe();
    }
}
