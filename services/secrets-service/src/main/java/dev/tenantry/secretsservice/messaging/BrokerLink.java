package dev.tenantry.secretsservice.messaging;

import java.time.Clock;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.BrokerWatch;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.Intake;
import io.smallrye.common.annotation.Identifier;

/** Follow the broker: it says whose SealedSecrets are this replica's, and its return means that some may be missed. */
@Singleton
public class BrokerLink {

    private final Map<String, Object> broker;
    private final Ownership ownership;
    private final Intake intake;
    private final Clock clock;
    private volatile @Nullable BrokerWatch watch;

    BrokerLink(@Identifier("default-kafka-broker") Map<String, Object> broker,
            @Identifier("secrets-service") Ownership ownership, Intake intake,
            @Identifier("secrets-service") Clock clock) {
        this.broker = broker;
        this.ownership = ownership;
        this.intake = intake;
        this.clock = clock;
    }

    /** Start, and give what to close. */
    public AutoCloseable start() {
        ownership.listen(intake);
        // The broker may have assigned partitions before anybody listened.
        intake.resync();
        BrokerWatch started = BrokerWatch.start(broker, Topics.all(), intake::resync, clock);
        watch = started;
        return started;
    }

    /** Say in a few words, for health's detail, whether the broker answers. */
    public String describe() {
        BrokerWatch now = watch;
        return now == null ? "not asked yet" : now.describe();
    }
}
