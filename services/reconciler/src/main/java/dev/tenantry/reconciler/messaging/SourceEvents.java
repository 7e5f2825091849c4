package dev.tenantry.reconciler.messaging;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Event;
import dev.tenantry.events.RevisionObserved;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.kube.SourceLookup;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Hear of revisions: every replica reads all events of sources, from now on. */
@ApplicationScoped
class SourceEvents {

    private final SourceLookup lookup;
    private final EventReader reader;

    SourceEvents(SourceLookup lookup, EventReader reader) {
        this.lookup = lookup;
        this.reader = reader;
    }

    @Incoming("reconciler-sources-in")
    @RunOnVirtualThread
    void consume(ConsumerRecord<String, byte[]> record) {
        reader.read(record).ifPresent(this::handle);
    }

    private void handle(Event event) {
        if (event instanceof RevisionObserved observed && observed.source().kind().equals("GitRepository")) {
            lookup.revisionObserved(new NamespacedName(observed.source().namespace(), observed.source().name()),
                    observed.revision(), observed.servedBy());
        }
    }
}
