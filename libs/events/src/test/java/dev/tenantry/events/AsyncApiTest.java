package dev.tenantry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** {@code asyncapi.yaml} says what the code does, no less and no more. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = document();

    @Test
    void eachTopicIsAChannelWithItsSettings() {
        // Given
        Map<String, Map<String, String>> channels = new TreeMap<>();
        DOCUMENT.get("channels").properties().forEach(channel -> {
            JsonNode kafka = channel.getValue().at("/bindings/kafka");
            Map<String, String> settings = new TreeMap<>();
            settings.put("partitions", kafka.get("partitions").asText());
            kafka.get("topicConfiguration")
                    .properties()
                    .forEach(
                            setting -> settings.put(setting.getKey(), String.join(",", texts(setting.getValue()))));
            channels.put(channel.getValue().get("address").asText(), settings);
        });

        // Then
        assertThat(channels).isEqualTo(Topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> {
            Map<String, String> settings = new TreeMap<>(topic.settings());
            settings.put("partitions", Integer.toString(topic.partitions()));
            return settings;
        })));
    }

    @Test
    void eachEventIsAMessageOfTheChannelsThatItsTopicsAre() {
        // Given
        Event sourceRequest = new ReconcileRequested(Examples.SOURCE, Cause.POLL, Examples.NOON, null);
        Set<String> published = Stream.concat(Examples.all(), Stream.of(sourceRequest))
                .map(event -> event.topic() + " carries " + event.type())
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> described = new TreeSet<>();
        DOCUMENT.get("channels")
                .properties()
                .forEach(channel -> channel.getValue()
                        .get("messages")
                        .forEach(
                                message -> described
                                        .add(channel.getKey() + " carries " + resolve(message).get("name").asText())));

        // Then
        assertThat(described).isEqualTo(published);
    }

    @ParameterizedTest
    @MethodSource("dev.tenantry.events.Examples#all")
    void eachMessagesHeadersAreThoseThatAreWritten(Event event) {
        // Given
        JsonNode headers = resolve(message(event).at("/traits/0")).get("headers");
        EventCodec codec = new EventCodec(URI.create("/reconciler/0"));

        // Then
        assertThat(names(headers.get("properties"))).isEqualTo(codec.encode(event, "trace").headers().keySet());
        assertThat(Set.copyOf(texts(headers.get("required")))).isEqualTo(codec.encode(event, null).headers().keySet());
        headers.get("properties")
                .properties()
                .stream()
                .filter(header -> header.getValue().has("const"))
                .forEach(header -> assertThat(codec.encode(event, null).headers())
                        .containsEntry(header.getKey(), header.getValue().get("const").asText()));
    }

    @ParameterizedTest
    @MethodSource("dev.tenantry.events.Examples#all")
    void eachMessagesSchemaIsItsRecord(Event event) {
        // Given
        List<String> differences = new ArrayList<>();

        // When
        compare(event.getClass(), message(event).get("payload"), event.getClass().getSimpleName(), differences);

        // Then
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.tenantry.events.Examples#all")
    void eachGoldenHasEveryPropertyOfItsSchemaAndNoOther(Event event) throws Exception {
        // Given
        JsonNode golden = EventCodec.JSON.readTree(Goldens.read(event));

        // Then
        assertThat(names(golden)).isEqualTo(names(resolve(message(event).get("payload")).get("properties")));
    }

    @Test
    void noSchemaIsUnused() {
        // Given
        Set<String> used = new TreeSet<>();
        DOCUMENT.findValues("$ref").forEach(reference -> used.add(reference.asText()));

        // Then
        assertThat(used).containsAll(names(DOCUMENT.at("/components/schemas")).stream()
                .map(name -> "#/components/schemas/" + name)
                .toList());
        assertThat(used)
                .allSatisfy(reference -> assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).isFalse());
    }

    private static void compare(Type type, JsonNode reference, String path, List<String> differences) {
        JsonNode schema = resolve(reference);
        String shape = schema.path("type").asText() + (schema.has("format") ? ":" + schema.get("format").asText() : "");
        String expected = shape(type);
        if (!shape.equals(expected)) {
            differences.add("%s is %s, the code says %s".formatted(path, shape, expected));
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            compare(generic.getActualTypeArguments()[0], schema.get("items"), path + "[]", differences);
        } else if (type instanceof ParameterizedType generic) {
            compare(generic.getActualTypeArguments()[1], schema.get("additionalProperties"), path + "{}", differences);
        } else if (type instanceof Class<?> plain && plain.isEnum()) {
            List<String> constants = Arrays.stream(plain.getEnumConstants())
                    .map(constant -> EventCodec.JSON.convertValue(constant, String.class))
                    .toList();
            if (!texts(schema.get("enum")).equals(constants)) {
                differences.add("%s has %s, the code has %s".formatted(path, schema.get("enum"), constants));
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            compareRecord(plain, schema, path, differences);
        }
    }

    private static void compareRecord(Class<?> type, JsonNode schema, String path, List<String> differences) {
        List<RecordComponent> components = List.of(type.getRecordComponents());
        List<String> properties = List.copyOf(names(schema.get("properties")));
        if (!properties.equals(components.stream().map(RecordComponent::getName).toList())) {
            differences.add("%s has the properties %s".formatted(path, properties));
            return;
        }
        List<String> required = components.stream()
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName)
                .toList();
        if (!texts(schema.get("required")).equals(required)) {
            differences.add("%s requires %s, the code requires %s".formatted(path, schema.get("required"), required));
        }
        components.forEach(component -> compare(component.getGenericType(),
                schema.get("properties").get(component.getName()), path + "." + component.getName(), differences));
    }

    private static String shape(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? "array" : "object";
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Instant.class) {
            return "string:date-time";
        } else if (plain == Duration.class) {
            return "string:duration";
        } else if (plain == URI.class) {
            return "string:uri";
        } else if (plain == int.class) {
            return "integer";
        }
        return plain.isRecord() ? "object" : "string";
    }

    private static JsonNode message(Event event) {
        return DOCUMENT.at("/components/messages/" + event.getClass().getSimpleName());
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Path.of("asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
