package dev.tenantry.events.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** What a service does with a topic: consume it, and own what is assigned. */
@Singleton
@Identifier("test-targets")
public class Targets implements KafkaConsumerRebalanceListener {

    static final String HELD = "held";

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** The names of the targets, as they were handled. */
    final List<String> handled = new CopyOnWriteArrayList<>();
    final Map<String, String> traces = new ConcurrentHashMap<>();
    final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    final List<Integer> withdrawn = new CopyOnWriteArrayList<>();
    /** Completed by who wants the target {@link #HELD} to be acknowledged. */
    final CompletableFuture<Void> release = new CompletableFuture<>();
    final CountDownLatch reached = new CountDownLatch(1);

    private final EventReader reader = new EventReader("test", meters);

    @Incoming("test-targets-in")
    @NonBlocking
    CompletionStage<Void> consume(ConsumerRecord<String, byte[]> record) {
        var read = reader.read(record).map(Reading.Decoded::event);
        if (read.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        String name = read.get().subject().name();
        traces.put(name, Span.current().getSpanContext().getTraceId());
        handled.add(name);
        if (name.startsWith(HELD)) {
            reached.countDown();
            return release;
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owned.add(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        withdraw(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        withdraw(partitions);
    }

    private void withdraw(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            owned.remove(partition.partition());
            withdrawn.add(partition.partition());
        });
    }
}
