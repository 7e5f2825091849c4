package dev.tenantry.reconciler.messaging;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.tenantry.events.Event;
import dev.tenantry.events.Reading;
import dev.tenantry.events.kafka.EventRecords;
import io.micrometer.core.instrument.MeterRegistry;

/** Read events out of records; one that cannot be read goes to the dead-letter topic, and is counted. */
@ApplicationScoped
class EventReader {

    private final MeterRegistry metrics;

    EventReader(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Read one.
     *
     * @return nothing for a tombstone or an event of a type that this version does not know
     * @throws UnreadableRecordException when the record is no event
     */
    Optional<Event> read(ConsumerRecord<String, byte[]> record) {
        return switch (EventRecords.read(record)) {
            case Reading.Decoded decoded -> Optional.of(decoded.event());
            case Reading.Tombstone tombstone -> Optional.empty();
            case Reading.UnknownType unknown -> {
                metrics.counter("reconciler.events.skipped", "topic", record.topic()).increment();
                yield Optional.empty();
            }
            case Reading.Unreadable unreadable -> {
                metrics.counter("reconciler.events.unreadable", "topic", record.topic()).increment();
                throw new UnreadableRecordException(unreadable.reason());
            }
        };
    }
}
