package dev.tenantry.gitwatcher.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hold a call as it came in.
 *
 * @param headers the headers, found in upper or lower case; of a repeated one the first
 * @param body the body, byte by byte as it was signed
 */
public record Webhook(Map<String, String> headers, byte[] body) {

    public Webhook {
        TreeMap<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** Find a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Say the size only: headers carry signatures, bodies whatever the sender likes. */
    @Override
    public String toString() {
        return "Webhook[" + body.length + " bytes]";
    }
}
