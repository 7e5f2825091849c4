package dev.tenantry.gitwatcher.kube;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.repository.ObjectVersion;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.repository.Source.Lifecycle;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverSpec;
import dev.tenantry.kubernetes.notification.ReceiverStatus;
import dev.tenantry.kubernetes.source.GitRepositorySpec;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/** Turn objects as the API server sends them into what the domain knows. */
final class ObjectReader {

    /** What keeps a GitRepository from vanishing before its repository is let go; the name that Flux's own has. */
    static final String FINALIZER = "finalizers.fluxcd.io";
    static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ObjectReader() {}

    static NamespacedName name(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return new NamespacedName(metadata.path("namespace").asText(""), metadata.path("name").asText(""));
    }

    /**
     * Read a GitRepository; one that is being deleted can always be read, since it has to be let go.
     *
     * @throws UnreadableObjectException when its schema let something through that is no such object
     */
    static Source source(ObjectNode object) {
        try {
            return whole(object);
        } catch (UnreadableObjectException e) {
            if (object.path("metadata").hasNonNull("deletionTimestamp")) {
                return whole(remains(object));
            }
            throw e;
        }
    }

    private static Source whole(ObjectNode object) {
        return new Source(
                name(object),
                version(object),
                lifecycle(object.path("metadata")),
                labels(object),
                requestedAt(object),
                part(object, "spec", GitRepositorySpec.class),
                object.has("status") ? part(object, "status", GitRepositoryStatus.class) : GitRepositoryStatus.empty());
    }

    /** Leave out what no look at a deleted object needs; but every spec has an address and an interval. */
    private static ObjectNode remains(ObjectNode object) {
        ObjectNode remains = JsonNodeFactory.instance.objectNode();
        remains.set("metadata", object.path("metadata"));
        remains.putObject("spec").put("url", object.path("spec").path("url").asText("")).put("interval", "1h");
        return remains;
    }

    /**
     * Read a Receiver.
     *
     * @throws UnreadableObjectException when its schema let something through that is no such object
     */
    static Hook hook(ObjectNode object) {
        return new Hook(
                name(object),
                version(object),
                requestedAt(object),
                part(object, "spec", ReceiverSpec.class),
                object.has("status") ? part(object, "status", ReceiverStatus.class) : ReceiverStatus.empty());
    }

    static ObjectVersion version(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return new ObjectVersion(
                metadata.path("uid").asText(""),
                metadata.path("resourceVersion").asText("0"),
                metadata.path("generation").asLong());
    }

    /** Make the fields of a merge patch that turns one status into another. */
    static ObjectNode difference(Object before, Object after) {
        ObjectNode from = JSON.valueToTree(before);
        ObjectNode to = JSON.valueToTree(after);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        to.properties()
                .stream()
                .filter(field -> !field.getValue().equals(from.get(field.getKey())))
                .forEach(field -> patch.set(field.getKey(), field.getValue()));
        from.fieldNames().forEachRemaining(field -> {
            if (!to.has(field)) {
                patch.putNull(field);
            }
        });
        return patch;
    }

    private static Lifecycle lifecycle(JsonNode metadata) {
        boolean held = false;
        for (JsonNode finalizer : metadata.path("finalizers")) {
            held |= finalizer.asText().equals(FINALIZER);
        }
        boolean deleted = metadata.hasNonNull("deletionTimestamp");
        if (deleted) {
            return held ? Lifecycle.ENDING : Lifecycle.RELEASED;
        }
        return held ? Lifecycle.HELD : Lifecycle.NEW;
    }

    private static Map<String, String> labels(ObjectNode object) {
        Map<String, String> labels = new HashMap<>();
        object.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return Map.copyOf(labels);
    }

    private static Optional<String> requestedAt(ObjectNode object) {
        JsonNode value = object.path("metadata").path("annotations").path(REQUESTED_AT);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static <T> T part(ObjectNode object, String field, Class<T> type) {
        try {
            T part = JSON.treeToValue(object.path(field), type);
            if (part == null) {
                throw new UnreadableObjectException("'" + field + "' is missing", null);
            }
            return part;
        } catch (JsonProcessingException e) {
            throw new UnreadableObjectException("cannot read '" + field + "': " + e.getOriginalMessage(), e);
        }
    }
}
