package dev.tenantry.events;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record as it goes to Kafka.
 *
 * @param topic the topic
 * @param key the record's key
 * @param headers the record's headers; values are UTF-8
 * @param data the record's value; null for a tombstone
 */
public record EncodedEvent(Topic topic, String key, Map<String, String> headers, byte @Nullable [] data) {

    public EncodedEvent {
        headers = Map.copyOf(headers);
    }
}
