package dev.tenantry.secretsservice.key;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Name a key by its public half, as OpenSSH does: {@code SHA256:} and the hash of the SSH wire format (RFC 4253, 6.6).
 *
 * @param text such as {@code SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8}
 */
public record Fingerprint(String text) implements Comparable<Fingerprint> {

    private static final String PREFIX = "SHA256:";
    private static final int BASE64_OF_SHA256 = 43;

    public Fingerprint {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("'" + text + "' is no fingerprint of the form SHA256:…");
        }
    }

    public static Fingerprint of(RSAPublicKey key) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(wire)) {
            field(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
            field(out, key.getPublicExponent().toByteArray());
            field(out, key.getModulus().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Fingerprint(
                PREFIX + Base64.getEncoder().withoutPadding().encodeToString(sha256(wire.toByteArray())));
    }

    /** Read fingerprints that are separated by commas; what is none is left out. */
    public static List<Fingerprint> list(String text) {
        return Arrays.stream(text.split(",")).filter(Fingerprint::isWellFormed).map(Fingerprint::new).toList();
    }

    /** Tell whether a text has the form of a fingerprint. */
    public static boolean isWellFormed(String text) {
        return text.startsWith(PREFIX) && text.length() == PREFIX.length() + BASE64_OF_SHA256;
    }

    private static void field(DataOutputStream out, byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Fingerprint other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
