package dev.tenantry.events.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import dev.tenantry.events.EncodedEvent;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.Reading;

/** Events to and from Kafka's own record classes. */
public final class EventRecords {

    private EventRecords() {}

    /** Make the record to send; its partition is left to the producer, which hashes the key. */
    public static ProducerRecord<String, byte[]> toProducer(EncodedEvent event) {
        var record = new ProducerRecord<String, byte[]>(event.topic().name(), event.key(), event.data());
        event.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Read a record; what is wrong with it is the result, never an exception. */
    public static Reading read(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return EventCodec.decode(record.key(), headers, record.value());
    }
}
