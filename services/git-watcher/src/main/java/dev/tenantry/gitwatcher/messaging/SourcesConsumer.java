package dev.tenantry.gitwatcher.messaging;

import java.net.URI;
import java.time.Clock;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.Attributes;
import dev.tenantry.events.Event;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.kafka.EventReader;
import dev.tenantry.events.trace.Traceparent;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.NonBlocking;

/**
 * Hear of sources that others ask for.
 *
 * <p>A record is acknowledged when the look is queued. What cannot be read goes to the dead-letter topic.
 */
@Singleton
public class SourcesConsumer {

    private final OwnedSources owned;
    private final URI self;
    private final MeterRegistry meters;
    private final EventReader reader;
    private final Clock clock;

    SourcesConsumer(OwnedSources owned, Replica replica, MeterRegistry meters, @Identifier("git-watcher") Clock clock) {
        this.owned = owned;
        this.self = replica.uri();
        this.meters = meters;
        this.reader = new EventReader("git-watcher", meters);
        this.clock = clock;
    }

    @Incoming("git-watcher-sources-in")
    @NonBlocking
    void consume(ConsumerRecord<String, byte[]> record) {
        reader.read(record).ifPresent(decoded -> consume(decoded.attributes(), decoded.event()));
    }

    private void consume(Attributes attributes, Event event) {
        if (!(event instanceof ReconcileRequested request) || !request.object().kind().equals(GitRepository.KIND)) {
            return;
        }
        // What this replica published it has asked for already, without the way round.
        if (attributes.source().equals(self)) {
            return;
        }
        NamespacedName source = new NamespacedName(request.object().namespace(), request.object().name());
        Cause cause = switch (request.cause()) {
            case WEBHOOK -> Cause.WEBHOOK;
            case POLL, REQUEST, RESYNC -> Cause.REQUEST;
        };
        // By this replica's clock: the other's may be behind, and a look under way must not seem to be later.
        boolean asked = owned.request(source, new Trigger(cause, clock.instant(), Traceparent.current()));
        count(asked ? "requested" : "not-owned");
    }

    private void count(String result) {
        meters.counter("git_watcher.requests", "result", result).increment();
    }
}
