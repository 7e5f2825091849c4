package dev.tenantry.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

class EventCodecTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec(URI.create("/git-watcher/0"), () -> "id-1");

    @ParameterizedTest
    @MethodSource("dev.tenantry.events.Examples#all")
    void eachEventIsWrittenAsItsGoldenJson(Event event) throws Exception {
        // When
        EncodedEvent encoded = codec.encode(event, null);

        // Then
        JsonNode written = EventCodec.JSON.readTree(encoded.data());
        assertThat(EventCodec.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n")
                .isEqualTo(Goldens.read(event));
    }

    @ParameterizedTest
    @MethodSource("dev.tenantry.events.Examples#all")
    void eachEventIsReadFromItsGoldenJson(Event event) {
        // Given
        EncodedEvent encoded = codec.encode(event, TRACE);

        // When
        Reading reading = EventCodec.decode(encoded.key(), encoded.headers(), Goldens.read(event).getBytes(UTF_8));

        // Then
        assertThat(reading).isEqualTo(new Reading.Decoded(new Attributes("id-1", URI.create("/git-watcher/0"),
                event.type(), event.subject().toString(), event.occurredAt(), TRACE), event));
    }

    @Test
    void eachEventHasAnExampleAndAGoldenFileAndNoGoldenFileIsUnused() {
        // Given
        var permitted = Arrays.asList(Event.class.getPermittedSubclasses());

        // Then
        assertThat(Examples.all().map(Event::getClass)).containsExactlyInAnyOrderElementsOf(permitted.stream()
                .<Class<?>>map(each -> each)
                .toList()
                .stream()
                .map(each -> each.asSubclass(Event.class))
                .toList());
        assertThat(EventCodec.TYPES.values().stream().map(Class.class::cast).toList())
                .containsExactlyInAnyOrderElementsOf(permitted.stream().map(Class.class::cast).toList());
        assertThat(Goldens.names()).isEqualTo(Examples.all().map(Examples::goldenName).collect(Collectors.toSet()));
    }

    @Test
    void attributesAreHeadersOfBinaryModeAndTheKeyIsTheSubjects() {
        // When
        EncodedEvent encoded = codec.encode(Examples.REVISION_OBSERVED, TRACE);

        // Then
        assertThat(encoded.topic()).isEqualTo(Topics.SOURCES);
        assertThat(encoded.key()).isEqualTo("team-a/apps");
        assertThat(encoded.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ce_specversion", "1.0", "ce_id", "id-1",
                        "ce_type", "dev.tenantry.revision-observed.v1", "ce_source", "/git-watcher/0", "ce_time",
                        "2026-01-02T12:00:00.250Z", "ce_subject", "GitRepository/team-a/apps", "content-type",
                        "application/json", "traceparent", TRACE));
    }

    @Test
    void eventsOfDifferentTypesOnOneTopicShareTheirSubjectsPartition() {
        // When
        var keys = Examples.all().filter(event -> event.topic().equals(Topics.TARGETS)).map(Event::partitionKey);

        // Then
        assertThat(keys).containsOnly("team-a/shop");
        assertThat(Topics.BUILDS.partitionOf(Examples.BUILD_RECORDED.partitionKey()))
                .isEqualTo(Topics.TARGETS.partitionOf("team-a/shop"));
    }

    @Test
    void aRequestGoesToTheTopicOfItsKind() {
        // When
        var request = new ReconcileRequested(Examples.SOURCE, Cause.WEBHOOK, Examples.NOON, null);

        // Then
        assertThat(request.topic()).isEqualTo(Topics.SOURCES);
        assertThat(Examples.RECONCILE_REQUESTED.topic()).isEqualTo(Topics.TARGETS);
    }

    @Test
    void aPropertyThatALaterVersionAddedIsIgnored() throws Exception {
        // Given
        EncodedEvent encoded = codec.encode(Examples.DRIFT_CORRECTED, null);
        ObjectNode data = (ObjectNode) EventCodec.JSON.readTree(encoded.data());
        data.put("severity", "high");

        // When
        Reading reading = EventCodec.decode(encoded.key(), encoded.headers(), data.toString().getBytes(UTF_8));

        // Then
        assertThat(reading).isInstanceOf(Reading.Decoded.class);
    }

    @Test
    void anUnknownTypeIsToldApartFromWhatCannotBeRead() {
        // Given
        Map<String, String> headers = headersWith("ce_type", "dev.tenantry.revision-observed.v2");

        // When
        Reading reading = EventCodec.decode("team-a/apps", headers, "{}".getBytes(UTF_8));

        // Then
        assertThat(reading).isEqualTo(new Reading.UnknownType("dev.tenantry.revision-observed.v2"));
    }

    @Test
    void aKeyWithoutAValueIsATombstone() {
        // Given
        EncodedEvent tombstone = codec.tombstone(Examples.TARGET);

        // When
        Reading reading = EventCodec.decode(tombstone.key(), tombstone.headers(), tombstone.data());

        // Then
        assertThat(reading).isEqualTo(new Reading.Tombstone("team-a/shop"));
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,0.3,not a CloudEvent", "ce_specversion,,not a CloudEvent",
            "ce_type,,ce_type is missing",
            "ce_id,,ce_id is missing", "ce_id,' ',ce_id is empty", "ce_time,noon,malformed", "ce_source,:,malformed",
            "ce_subject,,ce_subject is missing"})
    void aRecordWithBadHeadersIsUnreadableWithTheReason(String header, String value, String reason) {
        // Given
        Map<String, String> headers = headersWith(header, value);

        // When
        Reading reading = EventCodec.decode("team-a/apps", headers,
                codec.encode(Examples.REVISION_OBSERVED, null).data());

        // Then
        assertThat(reading).isInstanceOfSatisfying(Reading.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"not json|Unrecognized token", "null|the data is null",
            "[]|Cannot deserialize",
            "{}|source is missing", "{\"cause\":\"whim\"}|whim"})
    void aRecordWithBadDataIsUnreadableWithTheReason(String data, String reason) {
        // When
        Reading reading = EventCodec.decode("team-a/apps", headersWith("ce_id", "id-1"), data.getBytes(UTF_8));

        // Then
        assertThat(reading).isInstanceOfSatisfying(Reading.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(reason));
    }

    @Test
    void aRecordUnderAnotherSubjectsKeyIsUnreadable() {
        // Given
        EncodedEvent encoded = codec.encode(Examples.REVISION_OBSERVED, null);

        // When
        Reading reading = EventCodec.decode("team-b/apps", encoded.headers(), encoded.data());

        // Then
        assertThat(reading).isEqualTo(new Reading.Unreadable("the key is not the subject's: team-b/apps"));
    }

    @Test
    void aRecordWithNothingInItIsUnreadable() {
        // When
        Reading reading = EventCodec.decode(null, Map.of(), null);

        // Then
        assertThat(reading).isEqualTo(new Reading.Unreadable("neither key nor value"));
    }

    private Map<String, String> headersWith(String name, String value) {
        Map<String, String> headers = new HashMap<>(codec.encode(Examples.REVISION_OBSERVED, null).headers());
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return headers;
    }
}
