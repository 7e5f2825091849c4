package dev.tenantry.reconciler.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Reading;
import dev.tenantry.events.RevisionObserved;
import dev.tenantry.events.kafka.EventReader;
import dev.tenantry.events.kafka.RecentRecords;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.kube.SourceLookup;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** Hear of revisions: every replica reads all events of sources, from shortly before it started. */
@ApplicationScoped
@Identifier("reconciler-sources")
class SourceEvents implements KafkaConsumerRebalanceListener {

    private static final Duration RECENT = Duration.ofMinutes(1);

    private final SourceLookup lookup;
    private final RunTraces traces;
    private final EventReader reader;

    SourceEvents(SourceLookup lookup, RunTraces traces, MeterRegistry meters) {
        this.lookup = lookup;
        this.traces = traces;
        this.reader = new EventReader("reconciler", meters);
    }

    @Incoming("reconciler-sources-in")
    @NonBlocking
    void consume(ConsumerRecord<String, byte[]> record) {
        reader.read(record).ifPresent(this::handle);
    }

    private void handle(Reading.Decoded read) {
        if (read.event() instanceof RevisionObserved observed && observed.source().kind().equals("GitRepository")) {
            var source = new NamespacedName(observed.source().namespace(), observed.source().name());
            traces.observed(source, observed.revision(), read.attributes().traceparent());
            lookup.revisionObserved(source, observed.revision(), observed.servedBy());
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        RecentRecords.seek(consumer, partitions, RECENT, Clock.systemUTC());
    }
}
