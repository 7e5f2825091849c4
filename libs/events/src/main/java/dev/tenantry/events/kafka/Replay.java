package dev.tenantry.events.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.tenantry.events.Reading;
import dev.tenantry.events.Topic;

/** Reads partitions of a compacted topic from their beginning, as their new owner. */
public final class Replay {

    private static final Duration POLL = Duration.ofMillis(500);

    private Replay() {}

    /**
     * Read all records that are there now, in each partition's order; of a key, the newest counts.
     *
     * <p>Blocks until it has read them, in a consumer of its own, without a group.
     *
     * @param clientSettings Kafka's client settings, {@code bootstrap.servers} first
     * @param topic the topic
     * @param partitions the partitions
     * @param handler takes each record's key and what was read
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in a minute
     */
    public static void read(Map<String, Object> clientSettings, Topic topic, Collection<Integer> partitions,
            BiConsumer<String, Reading> handler) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        List<TopicPartition> assignment = partitions.stream()
                .map(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(assignment);
            consumer.seekToBeginning(assignment);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(assignment));
            // A position, unlike the last record's offset, also moves over what was compacted away.
            while (true) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    return;
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    handler.accept(record.key(), EventRecords.read(record));
                }
            }
        }
    }
}
