package dev.tenantry.events;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Events as CloudEvents 1.0 in the Kafka protocol binding's binary mode: attributes in {@code ce_} headers, JSON data.
 *
 * <p>Source of the format:
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding</a>. The trace context is the header {@code traceparent}, where every OpenTelemetry client of Kafka
 * looks for it. Safe for use by several threads.
 */
public final class EventCodec {

    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";
    static final String TIME = "ce_time";
    static final String SUBJECT = "ce_subject";
    static final String CONTENT_TYPE = "content-type";
    static final String TRACEPARENT = "traceparent";

    static final Map<String, Class<? extends Event>> TYPES = Map.of(RevisionObserved.TYPE, RevisionObserved.class,
            SourceFailed.TYPE, SourceFailed.class, ReconcileRequested.TYPE, ReconcileRequested.class,
            TargetReconciled.TYPE, TargetReconciled.class, DriftCorrected.TYPE, DriftCorrected.class,
            BuildRecorded.TYPE, BuildRecorded.class, SecretUnsealed.TYPE, SecretUnsealed.class, UnsealFailed.TYPE,
            UnsealFailed.class, SealingKeyUnexported.TYPE, SealingKeyUnexported.class);

    // A reader ignores properties that it does not know, so that adding one needs no new version.
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final URI source;
    private final Supplier<String> ids;

    /** Encode as the replica {@code source}, as in {@code /git-watcher/<replica>}, with random ids. */
    public EventCodec(URI source) {
        this(source, () -> UUID.randomUUID().toString());
    }

    EventCodec(URI source, Supplier<String> ids) {
        this.source = source;
        this.ids = ids;
    }

    /** Encode an event with a new id; {@code traceparent} is the W3C trace context that it belongs to, if any. */
    public EncodedEvent encode(Event event, @Nullable String traceparent) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(ID, ids.get());
        headers.put(TYPE, event.type());
        headers.put(SOURCE, source.toString());
        headers.put(TIME, event.occurredAt().toString());
        headers.put(SUBJECT, event.subject().toString());
        headers.put(CONTENT_TYPE, "application/json");
        if (traceparent != null) {
            headers.put(TRACEPARENT, traceparent);
        }
        try {
            return new EncodedEvent(event.topic(), event.partitionKey(), headers, JSON.writeValueAsBytes(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + event.type(), e);
        }
    }

    /** Make the record that removes a target's build record from the compacted topic. */
    public EncodedEvent tombstone(Subject target) {
        return new EncodedEvent(Topics.BUILDS, target.key(), Map.of(), null);
    }

    /**
     * Read a record; what is wrong with it is the result, never an exception.
     *
     * @param key the record's key, or null if it has none
     * @param headers the record's headers; of a repeated header the last
     * @param data the record's value, or null
     */
    public static Reading decode(@Nullable String key, Map<String, String> headers, byte @Nullable [] data) {
        if (data == null) {
            return key == null ? new Reading.Unreadable("neither key nor value") : new Reading.Tombstone(key);
        }
        String specVersion = headers.get(SPEC_VERSION);
        if (!"1.0".equals(specVersion)) {
            return new Reading.Unreadable(
                    "not a CloudEvent 1.0 in binary mode: " + SPEC_VERSION + " is " + specVersion);
        }
        String type = headers.get(TYPE);
        if (type == null) {
            return new Reading.Unreadable(TYPE + " is missing");
        }
        Class<? extends Event> eventClass = TYPES.get(type);
        if (eventClass == null) {
            return new Reading.UnknownType(type);
        }
        try {
            Attributes attributes = attributes(type, headers);
            Event event = JSON.readValue(data, eventClass);
            if (event == null) {
                return new Reading.Unreadable("the data is null");
            }
            if (!event.partitionKey().equals(key)) {
                return new Reading.Unreadable("the key is not the subject's: " + key);
            }
            return new Reading.Decoded(attributes, event);
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable("the data is no " + type + ": " + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            return new Reading.Unreadable(e.getMessage());
        }
    }

    private static Attributes attributes(String type, Map<String, String> headers) {
        try {
            return new Attributes(required(headers, ID), new URI(required(headers, SOURCE)), type,
                    required(headers, SUBJECT), Instant.parse(required(headers, TIME)), headers.get(TRACEPARENT));
        } catch (URISyntaxException | DateTimeException e) {
            throw new IllegalArgumentException("a header is malformed: " + e.getMessage(), e);
        }
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        Require.text(value, name);
        return Require.present(value, name);
    }
}
