package dev.tenantry.reconciler.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.events.Cause;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.Subject;
import dev.tenantry.events.kafka.EventRecords;
import dev.tenantry.reconciler.http.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What strangers publish on the topics that the reconciler reads. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class MessagingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PARTITION = 5;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start() {
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"targets", "sources"})
    void aPoisonRecordIsADeadLetterAndWhatComesAfterItIsHandled(String topic) {
        // Given
        double events = counted(topic, "event");
        ProducerRecord<String, byte[]> unknown = event(topic);
        unknown.headers().remove("ce_type").add("ce_type", "dev.tenantry.from-the-future.v9".getBytes(UTF_8));

        // When
        producer.send(new ProducerRecord<>(topic, PARTITION, "a stranger", "no event".getBytes(UTF_8)));
        producer.send(unknown);
        producer.send(event(topic));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(counted(topic, "unreadable")).isEqualTo(1);
            assertThat(counted(topic, "unknown-type")).isEqualTo(1);
            assertThat(counted(topic, "event")).isGreaterThan(events);
        });
        assertThat(deadLetter(topic)).satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("a stranger");
            assertThat(letter.value()).isEqualTo("no event".getBytes(UTF_8));
            assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), UTF_8))
                    .contains("not a CloudEvent 1.0");
        });
    }

    /** An event that anybody may publish and nobody is concerned by, on the partition of the poison. */
    private static ProducerRecord<String, byte[]> event(String topic) {
        String group = topic.equals("sources") ? "source.toolkit.fluxcd.io" : "kustomize.toolkit.fluxcd.io";
        var request = new ReconcileRequested(new Subject(group, "Other", "team", "thing", null), Cause.REQUEST,
                Instant.now(), null);
        ProducerRecord<String, byte[]> record = EventRecords
                .toProducer(new EventCodec(URI.create("/test")).encode(request, null));
        return new ProducerRecord<>(topic, PARTITION, record.key(), record.value(), record.headers());
    }

    private double counted(String topic, String result) {
        return meters.counter("tenantry.events.consumed", "consumer", "reconciler", "topic", topic, "result", result)
                .count();
    }

    private ConsumerRecord<String, byte[]> deadLetter(String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic + ".dead-letter", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return !found.isEmpty();
            });
        }
        return found.getFirst();
    }
}
