package dev.tenantry.events.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.tenantry.events.Reading;
import dev.tenantry.events.Topic;

/** Reads partitions of a compacted topic from their beginning, as their new owner. */
public final class Replay {

    private static final Duration POLL = Duration.ofMillis(500);
    /** Kafka's own default. */
    private static final int DEFAULT_PATIENCE_MILLIS = 60_000;

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
     * @throws org.apache.kafka.common.KafkaException if the broker gives nothing for {@code default.api.timeout.ms}, a
     *     minute unless set
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
            read(consumer, patience(settings), handler);
        }
    }

    /** Read what a consumer is assigned, from where it is. */
    static void read(Consumer<String, byte[]> consumer, Duration patience, BiConsumer<String, Reading> handler) {
        // A position, unlike the last record's offset, also moves over what was compacted away.
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Map<TopicPartition, Long> positions = Map.of();
        long lastMove = System.nanoTime();
        while (true) {
            Map<TopicPartition, Long> now = positions(consumer);
            if (ends.entrySet().stream().allMatch(end -> now.get(end.getKey()) >= end.getValue())) {
                return;
            }
            if (!now.equals(positions)) {
                positions = now;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > patience.toNanos()) {
                // A poll alone waits for a broker that is gone for as long as it is.
                throw new TimeoutException("the broker gave nothing for " + patience + " in the middle of a replay");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                handler.accept(record.key(), EventRecords.read(record));
            }
        }
    }

    private static Duration patience(Map<String, Object> settings) {
        Object millis = settings.getOrDefault(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DEFAULT_PATIENCE_MILLIS);
        return Duration.ofMillis(Long.parseLong(millis.toString()));
    }

    private static Map<TopicPartition, Long> positions(Consumer<?, ?> consumer) {
        return consumer.assignment().stream().collect(Collectors.toMap(Function.identity(), consumer::position));
    }
}
