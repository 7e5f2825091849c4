package dev.tenantry.secretsservice.messaging;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import dev.tenantry.events.Event;
import dev.tenantry.events.kafka.EventWriter;
import io.micrometer.core.instrument.MeterRegistry;

/** Publish this replica's events without waiting for the broker. */
@Singleton
public class EventPublisher {

    private static final int BUFFER = 10_000;

    private final EventWriter writer;

    EventPublisher(
            @Channel("secrets-service-secrets-out")
            @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER) Emitter<ProducerRecord<String, byte[]>> channel,
            Replica replica, MeterRegistry meters) {
        this.writer = new EventWriter(channel, replica.uri(), "secrets_service.events", meters);
    }

    /** Send an event. */
    void publish(Event event) {
        writer.publish(event);
    }
}
