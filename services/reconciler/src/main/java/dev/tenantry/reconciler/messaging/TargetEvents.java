package dev.tenantry.reconciler.messaging;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Reading;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.kafka.EventReader;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** Own targets by the partitions of their topic, and hear what is asked of them. */
@ApplicationScoped
@Identifier("reconciler-targets")
class TargetEvents implements KafkaConsumerRebalanceListener {

    private final Reconciler reconciler;
    private final EventReader reader;
    private final Ownership ownership;

    TargetEvents(Reconciler reconciler, MeterRegistry meters, @Identifier("reconciler") Ownership ownership) {
        this.reconciler = reconciler;
        this.reader = new EventReader("reconciler", meters);
        this.ownership = ownership;
    }

    @Incoming("reconciler-targets-in")
    @NonBlocking
    void consume(ConsumerRecord<String, byte[]> record) {
        reader.read(record).map(Reading.Decoded::event).ifPresent(event -> {
            if (event instanceof ReconcileRequested requested && requested.subject().kind().equals(Target.KIND)) {
                reconciler.request(new NamespacedName(requested.subject().namespace(), requested.subject().name()));
            }
        });
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        ownership.assigned(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        ownership.revoked(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        ownership.lost(numbers(partitions));
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
