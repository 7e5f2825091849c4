package dev.tenantry.reconciler.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;

/**
 * Take back what people set on an object by kubectl, as Flux does: what they set counts as ours from then on, so that the
 * next apply removes what git does not have.
 * <p>
 * Other managers, such as autoscalers, keep their fields; {@code ssa: Merge} on the object keeps kubectl's too.
 */
final class Takeover {

    /** What kubectl's client-side apply and Flux v1 left on objects; nobody reads it any more. */
    private static final Map<String, List<String>> LEFTOVERS = Map.of(
            "annotations",
            List.of("kubectl.kubernetes.io/last-applied-configuration", "kustomize.toolkit.fluxcd.io/checksum",
                    "fluxcd.io/sync-checksum"),
            "labels", List.of("fluxcd.io/sync-gc-mark"));

    private Takeover() {}

    /** Give the operations of a JSON patch (RFC 6902) that make a live object's fields ours; empty where none is needed. */
    static Optional<ArrayNode> of(ObjectNode live) {
        JsonNode metadata = live.path("metadata");
        if (Marker.SSA_MERGE.isOn(Manifest.of(live))) {
            return Optional.empty();
        }
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        List<ManagedFields> entries = ObjectMetadata.of(live).managedFields();
        if (entries.stream().anyMatch(Takeover::isTakenBack)) {
            operations.addObject()
                    .put("op", "replace")
                    .put("path", "/metadata/managedFields")
                    .set("value", merged(metadata.path("managedFields"), entries));
        }
        LEFTOVERS.forEach((field, keys) -> keys.stream()
                .filter(key -> metadata.path(field).has(key))
                .forEach(key -> operations.addObject()
                        .put("op", "remove")
                        .put("path", "/metadata/" + field + "/" + key.replace("/", "~1"))));
        return operations.isEmpty() ? Optional.empty() : Optional.of(operations);
    }

    /** Hash what is to be taken back; empty where nothing is. */
    static Optional<String> pending(ObjectMetadata metadata) {
        if (Marker.SSA_MERGE.isOn(metadata.labels(), metadata.annotations())) {
            return Optional.empty();
        }
        return metadata.managedFields()
                .stream()
                .filter(Takeover::isTakenBack)
                .map(entry -> Long.toHexString(entry.hash()))
                .reduce((one, other) -> one + "+" + other);
    }

    /** {@code before-first-apply} stands for all who wrote before the server kept account of it. */
    private static boolean isTakenBack(ManagedFields entry) {
        return entry.subresource().isEmpty()
                && (entry.manager().startsWith("kubectl")
                        || entry.operation().equals("Update") && entry.manager().startsWith("before-first-apply"));
    }

    private static ArrayNode merged(JsonNode json, List<ManagedFields> entries) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        ObjectNode ours = null;
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < entries.size(); i++) {
            ManagedFields entry = entries.get(i);
            boolean isOurs = entry.isApplyBy(LiveObjects.MANAGER);
            if (isOurs || isTakenBack(entry)) {
                if (ours == null || isOurs) {
                    ours = json.get(i).deepCopy();
                }
                fields = fields.isEmpty() ? ((ObjectNode) entry.fields()).deepCopy() : union(fields, entry.fields());
            } else {
                kept.add(json.get(i));
            }
        }
        if (ours != null) {
            ours.put("manager", LiveObjects.MANAGER).put("operation", "Apply").set("fieldsV1", fields);
            kept.add(ours);
        }
        return kept;
    }

    /** Unite two sets of fields in the form FieldsV1: without children a field is a member, with some if it has a dot. */
    private static ObjectNode union(ObjectNode one, JsonNode other) {
        ObjectNode all = one.deepCopy();
        if (one.isEmpty() != other.isEmpty()) {
            all.putObject(".");
        }
        other.properties()
                .forEach(entry -> all.set(entry.getKey(), all.get(entry.getKey()) instanceof ObjectNode known
                        ? union(known, entry.getValue())
                        : entry.getValue()));
        return all;
    }
}
