package dev.tenantry.events.kafka;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Cause;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.Subject;
import dev.tenantry.events.Topics;

/** Requests for targets, published by a plain producer; the name of a target tells them apart. */
final class Requests implements AutoCloseable {

    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final EventCodec CODEC = new EventCodec(URI.create("/test/requests"));

    private final KafkaProducer<String, byte[]> producer;

    Requests(String bootstrapServers) {
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
                new ByteArraySerializer());
    }

    static ReconcileRequested forTarget(String name) {
        return new ReconcileRequested(new Subject("kustomize.toolkit.fluxcd.io", "Kustomization", "team", name, null),
                Cause.REQUEST, Instant.EPOCH, null);
    }

    static ProducerRecord<String, byte[]> record(String name, @Nullable String traceparent) {
        return EventRecords.toProducer(CODEC.encode(forTarget(name), traceparent));
    }

    /** Name targets of one partition of the topic of targets, each with this beginning. */
    static List<String> namesOf(int partition, String prefix, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> prefix + i)
                .filter(name -> Topics.TARGETS.partitionOf("team/" + name) == partition)
                .limit(count)
                .toList();
    }

    RecordMetadata publish(String name) {
        return send(record(name, null));
    }

    /** Publish, and wait until the broker has it. */
    RecordMetadata send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("not published", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
