package dev.tenantry.gitwatcher.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Name the path under which a Receiver is called: {@code /hook/<sha256 of token + name + namespace>}, as Flux does.
 *
 * @param digest the digest in lower-case hexadecimal digits
 */
public record WebhookPath(String digest) {

    /** What all webhook paths begin with. */
    public static final String PREFIX = "/hook/";

    /** Derive the path of a receiver: whoever does not know the token cannot guess it. */
    public static WebhookPath of(String token, NamespacedName receiver) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((token + receiver.name() + receiver.namespace()).getBytes(StandardCharsets.UTF_8));
            return new WebhookPath(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Print the path as {@code status.webhookPath} has it. */
    @Override
    public String toString() {
        return PREFIX + digest;
    }
}
