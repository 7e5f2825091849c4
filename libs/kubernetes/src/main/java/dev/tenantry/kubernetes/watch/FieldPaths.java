package dev.tenantry.kubernetes.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Names the fields of a {@code FieldsV1} that an object has too.
 *
 * <p>Keys of the format are {@code f:NAME} for a field, {@code k:JSON} for an item of a list by its keys, {@code v:JSON}
 * for an item by its value, {@code i:INDEX}, and {@code .} for the field itself.
 */
public final class FieldPaths {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private final List<String> paths = new ArrayList<>();

    private FieldPaths() {}

    /**
     * List them as {@code .spec.containers[name="web"].image}: never values, but for the keys of lists.
     *
     * @param fields the {@code FieldsV1} as text
     * @param object an object of the version that the fields are of
     * @throws IllegalArgumentException when it is no {@code FieldsV1}
     */
    public static List<String> of(String fields, JsonNode object) {
        var names = new FieldPaths();
        names.collect(parse(fields), object, "");
        return names.paths;
    }

    private void collect(JsonNode fields, JsonNode object, String path) {
        fields.properties().forEach(field -> {
            String key = field.getKey();
            if (key.startsWith("f:")) {
                String name = key.substring(2);
                add(field.getValue(), object.get(name),
                        path + (PLAIN.matcher(name).matches() ? "." + name : "[\"" + name + "\"]"));
            } else if (key.startsWith("k:")) {
                JsonNode keys = parse(key.substring(2));
                add(field.getValue(), item(object, keys), path + "[" + words(keys) + "]");
            } else if (key.startsWith("v:")) {
                JsonNode value = parse(key.substring(2));
                add(field.getValue(), items(object).filter(value::equals).findFirst().orElse(null), path + "[]");
            }
        });
    }

    private void add(JsonNode fields, @Nullable JsonNode object, String path) {
        if (object == null) {
            return;
        }
        if (fields.isEmpty()) {
            paths.add(path);
        } else {
            collect(fields, object, path);
        }
    }

    /** A key that the object leaves out has its default, which only the server knows. */
    private static @Nullable JsonNode item(JsonNode list, JsonNode keys) {
        return items(list)
                .filter(item -> keys.properties()
                        .stream()
                        .allMatch(key -> !item.has(key.getKey()) || item.get(key.getKey()).equals(key.getValue())))
                .findFirst()
                .orElse(null);
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
    }

    private static String words(JsonNode keys) {
        return keys.properties()
                .stream()
                .map(key -> key.getKey() + "=" + key.getValue())
                .collect(Collectors.joining(","));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("The server sent a field that is no FieldsV1: " + json, e);
        }
    }
}
