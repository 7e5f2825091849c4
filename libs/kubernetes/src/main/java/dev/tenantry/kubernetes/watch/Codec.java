package dev.tenantry.kubernetes.watch;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiRequest;
import dev.tenantry.kubernetes.api.ResourceType;

/** What a watch asks for, and what its listener is told. */
interface Codec<T> {

    /** Gives the media types of a list. */
    String listTypes();

    /** Gives the media types of a watch. */
    String watchTypes();

    /** Reads an object as the server sent it. */
    T read(ObjectNode object);

    /** Stands for an object whose deletion was not seen. */
    T gone(NamespacedName name, String resourceVersion);

    /** Asks for metadata only, the server's {@code PartialObjectMetadata}; whole objects are read the same way. */
    final class OfMetadata implements Codec<ObjectMetadata> {

        @Override
        public String listTypes() {
            return "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1," + ApiRequest.JSON;
        }

        @Override
        public String watchTypes() {
            return "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1," + ApiRequest.JSON;
        }

        @Override
        public ObjectMetadata read(ObjectNode object) {
            JsonNode metadata = object.path("metadata");
            return new ObjectMetadata(
                    new NamespacedName(metadata.path("namespace").asText(""), metadata.path("name").asText()),
                    metadata.path("uid").asText(""),
                    metadata.path("resourceVersion").asText(""),
                    metadata.path("generation").asLong(0),
                    strings(metadata.path("labels")),
                    strings(metadata.path("annotations")),
                    managedFields(metadata.path("managedFields")),
                    instant(metadata.path("deletionTimestamp").asText("")));
        }

        @Override
        public ObjectMetadata gone(NamespacedName name, String resourceVersion) {
            return ObjectMetadata.gone(name, resourceVersion);
        }

        private static Map<String, String> strings(JsonNode object) {
            Map<String, String> strings = new LinkedHashMap<>();
            object.properties().forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
            return strings;
        }

        private static List<ManagedFields> managedFields(JsonNode array) {
            List<ManagedFields> entries = new ArrayList<>(array.size());
            for (JsonNode entry : array) {
                entries.add(
                        new ManagedFields(
                                entry.path("manager").asText(""),
                                entry.path("operation").asText(""),
                                entry.path("apiVersion").asText(""),
                                entry.path("subresource").asText(""),
                                entry.path("time").asText(""),
                                entry.path("fieldsV1")));
            }
            return entries;
        }

        private static Optional<Instant> instant(String text) {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("The server sent a deletionTimestamp that is no time: " + text, e);
            }
        }
    }

    /** Asks for whole objects, each told with its apiVersion and kind. */
    record OfObjects(ResourceType type) implements Codec<ObjectNode> {

        @Override
        public String listTypes() {
            return ApiRequest.JSON;
        }

        @Override
        public String watchTypes() {
            return ApiRequest.JSON;
        }

        @Override
        public ObjectNode read(ObjectNode object) {
            return object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        }

        @Override
        public ObjectNode gone(NamespacedName name, String resourceVersion) {
            ObjectNode object = Manifest.skeleton(type.apiVersion(), type.kind(), name);
            object.withObjectProperty("metadata").put("resourceVersion", resourceVersion);
            return object;
        }
    }
}
