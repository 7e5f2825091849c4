package dev.tenantry.gitwatcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.tenantry.events.Reading;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.EventRecords;

/** What is published on the topic of sources, from when this is made. */
final class PublishedEvents implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Reading.Decoded> events = new ArrayList<>();

    PublishedEvents(String bootstrapServers) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = IntStream.range(0, Topics.SOURCES.partitions())
                .mapToObj(partition -> new TopicPartition(Topics.SOURCES.name(), partition))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /** Give the events about a source that came so far. */
    List<Reading.Decoded> about(String namespace, String name) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> {
            if (EventRecords.read(record) instanceof Reading.Decoded decoded) {
                events.add(decoded);
            }
        });
        return events.stream()
                .filter(event -> event.event().partitionKey().equals(namespace + "/" + name))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
