package dev.tenantry.kubernetes;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Hold one Kubernetes object of any kind as JSON, never changed after its creation.
 *
 * <p>Two manifests are equal when their JSON is, whatever the order of its keys and the Java class of its numbers.
 */
public final class Manifest {

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** A 2 that was parsed and a 2 that a program put there are of different classes. */
    private static final Comparator<JsonNode> SAME = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final ObjectNode json;
    private final String apiVersion;
    private final ObjectRef ref;

    private Manifest(ObjectNode json) {
        this.json = json;
        this.apiVersion = required(json.path("apiVersion"), "apiVersion", json);
        String kind = required(json.path("kind"), "kind", json);
        JsonNode metadata = json.path("metadata");
        String name = required(metadata.path("name"), "metadata.name", json);
        this.ref = new ObjectRef(groupOf(apiVersion), kind, optional(metadata.path("namespace"), json), name);
    }

    /**
     * Wrap a copy of an object's JSON.
     *
     * @throws InvalidManifestException when apiVersion, kind or metadata.name is missing, empty or not a string
     */
    public static Manifest of(ObjectNode json) {
        return new Manifest(json.deepCopy());
    }

    /**
     * Parse one object from JSON.
     *
     * @throws InvalidManifestException when the text is no JSON object, or lacks apiVersion, kind or metadata.name
     */
    public static Manifest parse(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The text may hold a secret, which the parser's message would quote.
            throw new InvalidManifestException("Not JSON, at line " + e.getLocation().getLineNr());
        }
        if (node instanceof ObjectNode object) {
            return new Manifest(object);
        }
        throw new InvalidManifestException("Not a JSON object, but of type " + node.getNodeType());
    }

    /** Take the group from an apiVersion, empty for the core group. */
    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Take the version from an apiVersion. */
    public static String versionOf(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    public ObjectRef ref() {
        return ref;
    }

    /** Give group and version as written, such as {@code apps/v1}. */
    public String apiVersion() {
        return apiVersion;
    }

    /** Give the version alone, such as {@code v1}. */
    public String version() {
        return versionOf(apiVersion);
    }

    public String kind() {
        return ref.kind();
    }

    public String name() {
        return ref.name();
    }

    /** Give the namespace, empty when there is none. */
    public String namespace() {
        return ref.namespace();
    }

    /** Give the labels in the order written. */
    public Map<String, String> labels() {
        return strings("labels");
    }

    /** Give the annotations in the order written. */
    public Map<String, String> annotations() {
        return strings("annotations");
    }

    /** Read below the top level; a missing node where a step does not exist. The result is for reading only. */
    public JsonNode at(String... path) {
        JsonNode node = json;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }

    /** Give a copy of the JSON that the caller may change. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** Give a copy with these labels set, replacing those of the same keys. */
    public Manifest withLabels(Map<String, String> labels) {
        return withStrings("labels", labels);
    }

    /** Give a copy with these annotations set, replacing those of the same keys. */
    public Manifest withAnnotations(Map<String, String> annotations) {
        return withStrings("annotations", annotations);
    }

    /** Give a copy in another namespace; an empty one removes it. */
    public Manifest withNamespace(String namespace) {
        return with(copy -> {
            ObjectNode metadata = (ObjectNode) copy.get("metadata");
            if (namespace.isEmpty()) {
                metadata.remove("namespace");
            } else {
                metadata.put("namespace", namespace);
            }
            return copy;
        });
    }

    /**
     * Give what a function makes of a copy of the JSON.
     *
     * @throws InvalidManifestException when the result is no object any more
     */
    public Manifest with(UnaryOperator<ObjectNode> change) {
        return new Manifest(change.apply(json.deepCopy()));
    }

    private Manifest withStrings(String field, Map<String, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        return with(copy -> {
            ObjectNode metadata = (ObjectNode) copy.get("metadata");
            ObjectNode target = metadata.get(field) instanceof ObjectNode existing
                    ? existing
                    : metadata.putObject(field);
            values.forEach(target::put);
            return copy;
        });
    }

    private Map<String, String> strings(String field) {
        Map<String, String> values = new LinkedHashMap<>();
        json.path("metadata")
                .path(field)
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return Collections.unmodifiableMap(values);
    }

    private static String required(JsonNode value, String field, ObjectNode json) {
        if (value.isTextual() && !value.textValue().isEmpty()) {
            return value.textValue();
        }
        String problem = value.isMissingNode() || value.isNull() || value.isTextual() ? "has no " : "has a non-string ";
        throw new InvalidManifestException(describe(json) + " " + problem + field);
    }

    private static String optional(JsonNode value, ObjectNode json) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new InvalidManifestException(describe(json) + " has a non-string metadata.namespace");
    }

    private static String describe(ObjectNode json) {
        String kind = json.path("kind").asText("");
        String name = json.path("metadata").path("name").asText("");
        if (kind.isEmpty()) {
            return name.isEmpty() ? "An object" : "Object '" + name + "'";
        }
        return name.isEmpty() ? "A " + kind : kind + " '" + name + "'";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Manifest manifest && json.equals(SAME, manifest.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(apiVersion, ref);
    }

    /** Print apiVersion and identity, never the content: it may be a secret. */
    @Override
    public String toString() {
        return apiVersion + " " + ref;
    }

    /**
     * Read the object as a class that models its kind; what the class does not know is left out.
     *
     * @throws InvalidManifestException when a field has another type than the class
     */
    public <T> T as(Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            String path = e instanceof JsonMappingException mapping
                    ? mapping.getPath().stream().map(Manifest::step).collect(Collectors.joining())
                    : "";
            throw new InvalidManifestException(describe(json) + " cannot be read: " + e.getOriginalMessage()
                    + (path.isEmpty() ? "" : " (at " + path.substring(1) + ")"));
        }
    }

    /**
     * Hold an object of a class that models a kind.
     *
     * @throws InvalidManifestException when apiVersion, kind or metadata.name is missing
     */
    public static Manifest from(HasMetadata object) {
        return new Manifest(JSON.<ObjectNode>valueToTree(object));
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName();
    }

    /** Print the whole object as compact JSON. */
    public String toJson() {
        return json.toString();
    }

    /** Start the JSON of an object, to be filled before it becomes a manifest. */
    public static ObjectNode skeleton(String apiVersion, String kind, NamespacedName name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = json.putObject("metadata").put("name", name.name());
        if (!name.namespace().isEmpty()) {
            metadata.put("namespace", name.namespace());
        }
        return json;
    }
}
