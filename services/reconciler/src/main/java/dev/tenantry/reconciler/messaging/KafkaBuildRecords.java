package dev.tenantry.reconciler.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.events.BuildRecorded;
import dev.tenantry.events.Reading;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.EventRecords;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.BuildRecords;
import dev.tenantry.reconciler.RememberedBuild;
import dev.tenantry.reconciler.Target;
import io.smallrye.common.annotation.Identifier;

/** Read build records out of their compacted topic, from its beginning to what was its end. */
@ApplicationScoped
class KafkaBuildRecords implements BuildRecords {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaBuildRecords.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;

    KafkaBuildRecords(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    }

    @Override
    public Map<NamespacedName, RememberedBuild> load(Set<Integer> numbers) {
        Map<NamespacedName, RememberedBuild> found = new HashMap<>();
        List<TopicPartition> partitions = numbers.stream()
                .map(number -> new TopicPartition(Topics.BUILDS.name(), number))
                .toList();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    LOGGER.warn("reading build records takes too long; targets without one are built again read={}",
                            found.size());
                    break;
                }
                consumer.poll(POLL).forEach(record -> take(record, found));
            }
        } catch (KafkaException e) {
            LOGGER.warn("build records cannot be read; each target is built once more cause={}", e.getMessage());
        }
        return found;
    }

    private static void take(ConsumerRecord<String, byte[]> record, Map<NamespacedName, RememberedBuild> found) {
        switch (EventRecords.read(record)) {
            case Reading.Decoded decoded when decoded.event() instanceof BuildRecorded build
                    && build.target().kind().equals(Target.KIND) -> {
                try {
                    found.put(NamespacedName.parse(record.key()), BuildRecordMapping.fromEvent(build));
                } catch (IllegalArgumentException e) {
                    LOGGER.warn("a build record cannot be used key={} cause={}", record.key(), e.getMessage());
                }
            }
            case Reading.Tombstone tombstone -> found.remove(NamespacedName.parse(tombstone.key()));
            case Reading.Decoded decoded -> skip(record);
            case Reading.UnknownType unknown -> skip(record);
            case Reading.Unreadable unreadable -> skip(record);
        }
    }

    private static void skip(ConsumerRecord<String, byte[]> record) {
        LOGGER.warn("a record of the builds topic is no build record and is left out key={}", record.key());
    }
}
