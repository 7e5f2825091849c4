package dev.tenantry.reconciler.plan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;

/**
 * Give short names to contents, by a key of the installation.
 * <p>
 * Keyed, since the names are stored and a plain hash of a short secret could be guessed. Equal JSON gives equal names,
 * whatever the order of its keys.
 */
public final class Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 16;

    private final CompletableFuture<SecretKeySpec> key;

    /** @param key at least 32 random bytes, the same in all replicas and after a restart */
    public Fingerprint(byte[] key) {
        this(CompletableFuture.completedFuture(key));
    }

    /** @param key as above; until it is known, who asks for a fingerprint waits */
    public Fingerprint(CompletableFuture<byte[]> key) {
        this.key = key.thenApply(Fingerprint::checked);
    }

    private static SecretKeySpec checked(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the installation's key has " + key.length + " bytes, but needs 32");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    /** Give other names to the same contents for each who: what another one applied is not what this one did. */
    public Fingerprint by(String who) {
        Mac mac = mac();
        mac.update(who.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint(mac.doFinal());
    }

    public String of(Manifest object) {
        return of(object.at());
    }

    public String of(JsonNode json) {
        Mac mac = mac();
        digest(json, mac);
        return shortened(mac);
    }

    public String of(String text) {
        Mac mac = mac();
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        return shortened(mac);
    }

    private static void digest(JsonNode node, Mac mac) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                mac.update((byte) '{');
                var sorted = new TreeMap<String, JsonNode>();
                for (Iterator<Map.Entry<String, JsonNode>> each = node.fields(); each.hasNext();) {
                    var entry = each.next();
                    sorted.put(entry.getKey(), entry.getValue());
                }
                sorted.forEach((name, value) -> {
                    text(name, mac);
                    digest(value, mac);
                });
                mac.update((byte) '}');
            }
            case ARRAY -> {
                mac.update((byte) '[');
                node.forEach(value -> digest(value, mac));
                mac.update((byte) ']');
            }
            case STRING -> {
                mac.update((byte) '"');
                text(node.textValue(), mac);
            }
            default -> {
                mac.update((byte) '=');
                text(node.asText(), mac);
            }
        }
    }

    private static void text(String text, Mac mac) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        mac.update(new byte[]{(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        mac.update(bytes);
    }

    private static String shortened(Mac mac) {
        byte[] full = mac.doFinal();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(full, LENGTH));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.join());
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
        }
    }
}
