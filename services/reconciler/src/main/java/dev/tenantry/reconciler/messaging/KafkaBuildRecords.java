package dev.tenantry.reconciler.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.events.BuildRecorded;
import dev.tenantry.events.Event;
import dev.tenantry.events.Reading;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.Replay;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.BuildRecords;
import dev.tenantry.reconciler.RememberedBuild;
import dev.tenantry.reconciler.Target;
import io.smallrye.common.annotation.Identifier;

/** Read build records out of their compacted topic. */
@ApplicationScoped
class KafkaBuildRecords implements BuildRecords {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaBuildRecords.class);
    /** Without them each target costs one build, which is better than to wait for a broker that is away. */
    private static final int LIMIT_MILLIS = 5_000;

    private final Map<String, Object> clientSettings;

    KafkaBuildRecords(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.clientSettings = new HashMap<>(broker);
        clientSettings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        clientSettings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
    }

    @Override
    public Map<NamespacedName, RememberedBuild> load(Set<Integer> partitions) {
        Map<NamespacedName, RememberedBuild> found = new HashMap<>();
        try {
            Replay.read(clientSettings, Topics.BUILDS, partitions, (key, reading) -> take(key, reading, found));
            return found;
        } catch (KafkaException e) {
            LOGGER.warn("build records cannot be read, so each target is built once more cause={}", e.getMessage());
            // Of what was read, newer records may not have been.
            return Map.of();
        }
    }

    /** Add what one record tells; one that is not as ours are, whoever wrote it, is left out. */
    static void take(@Nullable String key, Reading reading, Map<NamespacedName, RememberedBuild> found) {
        try {
            switch (reading) {
                case Reading.Decoded decoded -> take(decoded.event(), found);
                case Reading.Tombstone tombstone -> found.remove(NamespacedName.parse(tombstone.key()));
                case Reading.UnknownType unknown -> skip(key);
                case Reading.Unreadable unreadable -> skip(key);
            }
        } catch (RuntimeException e) {
            LOGGER.warn("a build record cannot be used key={} cause={}", key, e.toString());
        }
    }

    private static void take(Event event, Map<NamespacedName, RememberedBuild> found) {
        if (event instanceof BuildRecorded build && build.target().kind().equals(Target.KIND)) {
            found.put(NamespacedName.parse(build.partitionKey()), BuildRecordMapping.fromEvent(build));
        } else {
            skip(event.partitionKey());
        }
    }

    private static void skip(@Nullable String key) {
        LOGGER.warn("a record of the builds topic is no build record of ours and is left out key={}", key);
    }
}
