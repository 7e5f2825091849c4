package dev.tenantry.gitwatcher.messaging;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.EncodedEvent;
import dev.tenantry.events.Event;
import dev.tenantry.events.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/**
 * Publish events without waiting for the broker.
 *
 * <p>While there is none, events are dropped and counted: whoever needs them reads the objects when the broker is back.
 */
@Singleton
public class EventPublisher {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    /** Whether the broker took the last event. */
    private enum Broker {
        UNKNOWN, THERE, AWAY
    }

    private final Emitter<byte[]> emitter;
    private final EventCodec codec;
    private final MeterRegistry meters;
    private final AtomicReference<Broker> broker = new AtomicReference<>(Broker.UNKNOWN);
    private volatile Runnable whenBack = () -> {};

    EventPublisher(
            @Channel("git-watcher-sources-out")
            @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 10_000) Emitter<byte[]> emitter,
            Replica replica, MeterRegistry meters) {
        this.emitter = emitter;
        this.codec = new EventCodec(replica.uri());
        this.meters = meters;
    }

    /** Name what to do when the broker takes events again after it did not. */
    public void onReturn(Runnable action) {
        whenBack = action;
    }

    /** Say in a few words, for health's detail, whether events get out. */
    public String describe() {
        return switch (broker.get()) {
            case UNKNOWN -> "nothing published yet";
            case THERE -> "takes events";
            case AWAY -> "does not answer: events are dropped";
        };
    }

    /** Send an event. */
    void publish(Event event, @Nullable String traceparent) {
        EncodedEvent encoded = codec.encode(event, traceparent);
        RecordHeaders headers = new RecordHeaders();
        encoded.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(encoded.key())
                .withHeaders(headers)
                .build();
        try {
            emitter.send(Message.of(encoded.data(), Metadata.of(metadata), () -> {
                published(event);
                return CompletableFuture.completedStage(null);
            }, failure -> {
                dropped(event, failure);
                return CompletableFuture.completedStage(null);
            }));
        } catch (IllegalStateException e) {
            // The buffer is full, or the process is ending.
            dropped(event, e);
        }
    }

    private void published(Event event) {
        count(event, "published");
        if (broker.getAndSet(Broker.THERE) == Broker.AWAY) {
            LOG.info("The broker takes events again");
            whenBack.run();
        }
    }

    private void dropped(Event event, Throwable cause) {
        count(event, "dropped");
        if (broker.getAndSet(Broker.AWAY) != Broker.AWAY) {
            LOG.warnf("The broker does not take events: they are dropped until it does reason=%s", cause.getMessage());
        }
    }

    private void count(Event event, String result) {
        meters.counter("git_watcher.events", "type", event.type(), "result", result).increment();
    }
}
