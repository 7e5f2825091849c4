package dev.tenantry.secretsservice.messaging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import dev.tenantry.events.Event;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.kafka.EventRecords;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publish events without waiting for the broker, in the trace of the current span.
 *
 * <p>What the broker does not take in time is dropped and counted: whoever needs it reads the objects when it is back.
 */
@Singleton
public class EventPublisher {

    private static final int BUFFER = 10_000;

    private final Emitter<ProducerRecord<String, byte[]>> emitter;
    private final EventCodec codec;
    private final MeterRegistry meters;

    EventPublisher(
            @Channel("secrets-service-secrets-out")
            @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER) Emitter<ProducerRecord<String, byte[]>> emitter,
            Replica replica, MeterRegistry meters) {
        this.emitter = emitter;
        this.codec = new EventCodec(replica.uri());
        this.meters = meters;
    }

    /** Send an event. */
    void publish(Event event) {
        try {
            emitter.send(Message.of(EventRecords.toProducer(codec.encode(event, null)),
                    () -> count(event, "published"),
                    failure -> count(event, "dropped")));
        } catch (IllegalStateException e) {
            // The buffer is full, or the process is ending.
            count(event, "dropped");
        }
    }

    private CompletionStage<Void> count(Event event, String result) {
        meters.counter("secrets_service.events", "type", event.type(), "result", result).increment();
        return CompletableFuture.completedStage(null);
    }
}
