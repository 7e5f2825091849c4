package dev.tenantry.reconciler.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Reading;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.kafka.EventReader;
import dev.tenantry.events.kafka.PartitionAssignment;
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
class TargetEvents {

    private final Reconciler reconciler;
    private final EventReader reader;

    TargetEvents(Reconciler reconciler, MeterRegistry meters) {
        this.reconciler = reconciler;
        this.reader = new EventReader("reconciler", meters);
    }

    @Produces
    @Singleton
    @Identifier("reconciler-targets")
    static KafkaConsumerRebalanceListener assignment(@Identifier("reconciler") Ownership ownership) {
        return new PartitionAssignment(ownership::assigned, ownership::revoked, ownership::lost);
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
}
