package dev.tenantry.secretsservice.messaging;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tenantry.events.kafka.EventReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.NonBlocking;

/**
 * Take part in the group whose assignment of the topic says whose SealedSecrets are this replica's.
 *
 * <p>Of what the topic carries only the form counts here: all that this service acts on, it learns from the API server.
 */
@Singleton
public class SecretsConsumer {

    private final EventReader reader;

    SecretsConsumer(MeterRegistry meters) {
        this.reader = new EventReader("secrets-service", meters);
    }

    @Incoming("secrets-service-secrets-in")
    @NonBlocking
    void consume(ConsumerRecord<String, byte[]> record) {
        reader.read(record);
    }
}
