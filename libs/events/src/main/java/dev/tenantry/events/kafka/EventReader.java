package dev.tenantry.events.kafka;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.tenantry.events.Reading;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Reads events out of the records of a consumer: what it does not know is skipped, what nobody can read is refused.
 *
 * <p>Each record is counted in {@code tenantry.events.consumed}, by consumer, topic and result.
 */
public final class EventReader {

    private final String consumer;
    private final MeterRegistry meters;

    /** Read for a consumer, named as its group. */
    public EventReader(String consumer, MeterRegistry meters) {
        this.consumer = consumer;
        this.meters = meters;
    }

    /**
     * Read one.
     *
     * @return nothing for a tombstone or an event of a type that this version does not know
     * @throws UnreadableRecordException when the record is no event
     */
    public Optional<Reading.Decoded> read(ConsumerRecord<String, byte[]> record) {
        return switch (EventRecords.read(record)) {
            case Reading.Decoded decoded -> {
                count(record, "event");
                yield Optional.of(decoded);
            }
            case Reading.Tombstone tombstone -> {
                count(record, "tombstone");
                yield Optional.empty();
            }
            case Reading.UnknownType unknown -> {
                count(record, "unknown-type");
                yield Optional.empty();
            }
            case Reading.Unreadable(String reason) -> {
                count(record, "unreadable");
                throw new UnreadableRecordException(reason);
            }
        };
    }

    private void count(ConsumerRecord<?, ?> record, String result) {
        meters.counter("tenantry.events.consumed", "consumer", consumer, "topic", record.topic(), "result", result)
                .increment();
    }
}
