package dev.tenantry.kubernetes.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Hold one entry of {@code metadata.managedFields}: which fields a manager set, and how.
 *
 * <p>The format is that of Kubernetes' {@code ManagedFieldsEntry} with {@code FieldsV1}.
 *
 * @param manager who set them
 * @param operation {@code Apply} for server-side apply, {@code Update} for everything else
 * @param apiVersion the version in whose terms the fields are written
 * @param subresource the subresource through which they were set, such as {@code status}; empty for the object itself
 * @param time when the manager last changed its set of fields or their values, RFC 3339; empty when unknown
 * @param fields the set of fields, {@code fieldsV1}; it holds no values
 */
public record ManagedFields(String manager, String operation, String apiVersion, String subresource, String time,
        JsonNode fields) {

    /** Tell whether the entry is what a manager set on the object itself by server-side apply. */
    public boolean isApplyBy(String candidate) {
        return "Apply".equals(operation) && subresource.isEmpty() && manager.equals(candidate);
    }

    /**
     * Hash version, time and set of fields to 64 bits that stay the same until somebody sets one of these fields to
     * another value, whatever the order of keys.
     *
     * <p>Another manager who changes a field of ours takes it out of our set, and who applies other values in our name
     * changes the time: so a changed hash means that the object is not as it was applied. The time counts seconds.
     */
    public long hash() {
        MessageDigest digest = sha256();
        digest.update(apiVersion.getBytes(StandardCharsets.UTF_8));
        digest.update(time.getBytes(StandardCharsets.UTF_8));
        digest(fields, digest);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void digest(JsonNode node, MessageDigest digest) {
        // FieldsV1 is nested objects with empty objects as leaves: keys and braces are all there is.
        digest.update((byte) '{');
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        sorted.forEach((key, value) -> {
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            digest(value, digest);
        });
        digest.update((byte) '}');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
