package dev.tenantry.reconciler.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.reconciler.source.Masker;

/**
 * Compare an object with what it would be.
 * <p>
 * Left out is what the API server keeps for itself: the status, and metadata such as the resourceVersion.
 */
public final class FieldComparison {

    private static final Set<String> KEPT_BY_THE_SERVER = Set.of("managedFields", "resourceVersion", "generation",
            "uid",
            "creationTimestamp", "selfLink");
    private static final JsonNode MASK = TextNode.valueOf(Masker.MASK);

    private final Masker masker;

    /** @param masker knows the values that are never to be shown */
    public FieldComparison(Masker masker) {
        this.masker = masker;
    }

    /** List the fields that differ, in the order of the old object with new fields last. */
    public List<FieldChange> compare(Manifest before, Manifest after) {
        var changes = new ArrayList<FieldChange>();
        var secrets = new Secrecy(masker, isSecret(before) || isSecret(after));
        objects(Pointer.ROOT, content(before), content(after), secrets, changes);
        return changes;
    }

    /** List all fields of an object that does not exist yet. */
    public List<FieldChange> created(Manifest object) {
        var changes = new ArrayList<FieldChange>();
        objects(Pointer.ROOT, JsonNodeFactory.instance.objectNode(), content(object),
                new Secrecy(masker, isSecret(object)), changes);
        return changes;
    }

    private static boolean isSecret(Manifest object) {
        return object.ref().group().isEmpty() && object.kind().equals("Secret");
    }

    private static ObjectNode content(Manifest object) {
        ObjectNode json = object.json();
        json.remove("status");
        if (json.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(KEPT_BY_THE_SERVER);
        }
        return json;
    }

    private static void values(Pointer path, @Nullable JsonNode before, @Nullable JsonNode after, Secrecy secrecy,
            List<FieldChange> changes) {
        if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
            objects(path, one, other, secrecy, changes);
        } else if (before instanceof ArrayNode one && after instanceof ArrayNode other) {
            arrays(path, one, other, secrecy, changes);
        } else if (before == null || after == null || !same(before, after)) {
            changes.add(change(path, before, after, secrecy));
        }
    }

    private static void objects(Pointer path, ObjectNode before, ObjectNode after, Secrecy secrecy,
            List<FieldChange> changes) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> values(path.to(name), before.get(name), after.get(name), secrecy, changes));
    }

    /** Equal elements at both ends are matched, so that one that came or went in between is not told of all after it. */
    private static void arrays(Pointer path, ArrayNode before, ArrayNode after, Secrecy secrecy,
            List<FieldChange> changes) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && same(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && same(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        int olds = before.size() - end;
        int news = after.size() - end;
        for (int i = start; i < Math.max(olds, news); i++) {
            values(path.to(String.valueOf(i)), i < olds ? before.get(i) : null, i < news ? after.get(i) : null, secrecy,
                    changes);
        }
    }

    /** A 1 is a 1, whatever Java class holds it. */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals((a, b) -> a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.equals(b) ? 0 : 1, other);
    }

    private static FieldChange change(Pointer path, @Nullable JsonNode before, @Nullable JsonNode after,
            Secrecy secrecy) {
        JsonNode shownBefore = before == null ? null : secrecy.mask(path, before);
        JsonNode shownAfter = after == null ? null : secrecy.mask(path, after);
        boolean wasMasked = before != null && !before.equals(shownBefore);
        boolean isMasked = after != null && !after.equals(shownAfter);
        if (isMasked && !wasMasked && before != null) {
            // It may hold what the secret was before it was changed.
            shownBefore = MASK;
        }
        return new FieldChange(secrecy.mask(path.toString()), shownBefore, shownAfter, wasMasked || isMasked);
    }

    /** What of an object may not be shown. */
    private record Secrecy(Masker masker, boolean secret) {

        private static final Set<String> VALUES = Set.of("data", "stringData");
        /** A whole Secret may stand in there, as kubectl wrote it. */
        private static final String LAST_APPLIED = "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

        JsonNode mask(Pointer path, JsonNode value) {
            if (value instanceof ObjectNode object) {
                ObjectNode masked = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(field -> masked.set(masker.mask(field.getKey()),
                                mask(path.to(field.getKey()), field.getValue())));
                return masked;
            }
            if (value instanceof ArrayNode array) {
                ArrayNode masked = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < array.size(); i++) {
                    masked.add(mask(path.to(String.valueOf(i)), array.get(i)));
                }
                return masked;
            }
            if (secret && !value.isNull() && (VALUES.contains(path.first()) || path.toString().equals(LAST_APPLIED))) {
                return MASK;
            }
            String text = value.asText();
            String masked = masker.maskValue(text);
            return masked.equals(text) ? value : TextNode.valueOf(masked);
        }

        String mask(String path) {
            return masker.mask(path);
        }
    }
}
