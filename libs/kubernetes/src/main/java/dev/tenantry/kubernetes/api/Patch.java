package dev.tenantry.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Hold a change to one object.
 *
 * @param format how the body is to be read
 * @param body the change itself
 * @param subresource {@code status} or another subresource to change instead, else empty
 * @param fieldManager the name under which the server notes the changed fields; empty for the client's default
 * @param dryRun whether to change nothing and only give what would be
 */
public record Patch(Format format, JsonNode body, String subresource, String fieldManager, boolean dryRun) {

    /** How a patch is written. */
    public enum Format {
        /** RFC 7386: an object whose fields replace, null removes. */
        MERGE("application/merge-patch+json"),
        /** RFC 6902: a list of operations. */
        JSON("application/json-patch+json");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    /** Merge fields into the object: those given replace, null removes, lists are replaced whole (RFC 7386). */
    public static Patch merge(ObjectNode fields) {
        return new Patch(Format.MERGE, fields, "", "", false);
    }

    /** Run operations one after the other, all or none (RFC 6902). */
    public static Patch json(ArrayNode operations) {
        return new Patch(Format.JSON, operations, "", "", false);
    }

    /** Change the status, which the main resource ignores. */
    public Patch onStatus() {
        return new Patch(format, body, "status", fieldManager, dryRun);
    }

    /** Name the manager of the changed fields. */
    public Patch by(String manager) {
        return new Patch(format, body, subresource, manager, dryRun);
    }

    /** Change nothing, only give what would be. */
    public Patch dry() {
        return new Patch(format, body, subresource, fieldManager, true);
    }

    /** Change only what was seen: the server answers a conflict when the object has another resourceVersion by then. */
    public Patch onlyIf(String resourceVersion) {
        JsonNode guarded = switch (format) {
            case MERGE -> {
                ObjectNode copy = body.deepCopy();
                copy.withObjectProperty("metadata").put("resourceVersion", resourceVersion);
                yield copy;
            }
            case JSON -> {
                // A "replace" makes the update itself conditional (409); a failed "test" would be a mere 422.
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                copy.addObject()
                        .put("op", "replace")
                        .put("path", "/metadata/resourceVersion")
                        .put("value", resourceVersion);
                yield copy.addAll((ArrayNode) body);
            }
        };
        return new Patch(format, guarded, subresource, fieldManager, dryRun);
    }
}
