package dev.tenantry.secretsservice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.key.SealingKey;

/**
 * A Secret that holds a sealing key.
 *
 * @param object the whole Secret
 */
public record KeySecret(Manifest object) {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String CERTIFICATE = "tls.crt";
    private static final String PRIVATE_KEY = "tls.key";

    /**
     * Make the Secret of a new key, as the original controller makes it.
     *
     * @param prefix what the API server makes its name of
     * @param namespaces the only namespaces that the key is to serve; all when empty
     */
    public static ObjectNode create(KeyPair pair, String namespace, String prefix, Set<String> namespaces) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Secret");
        ObjectNode metadata = secret.putObject("metadata").put("generateName", prefix).put("namespace", namespace);
        metadata.putObject("labels").put(Markers.KEY_LABEL, Markers.ACTIVE);
        if (!namespaces.isEmpty()) {
            metadata.putObject("annotations").put(Markers.NAMESPACES, String.join(",", new TreeSet<>(namespaces)));
        }
        secret.put("type", "kubernetes.io/tls")
                .putObject("data")
                .put(CERTIFICATE, base64(Pem.write(pair.certificate())))
                .put(PRIVATE_KEY, base64(Pem.write(pair.privateKey())));
        return secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tell whether an object looks like one. */
    public static boolean holdsKey(Manifest object) {
        return object.apiVersion().equals("v1") && object.kind().equals("Secret")
                && object.at("data", PRIVATE_KEY).isTextual();
    }

    /**
     * Read the key.
     *
     * @throws PemException when it is none, not that of the certificate, or limited to no namespace
     */
    public SealingKey key() throws PemException {
        KeyPair pair = Pem.pair(decoded(CERTIFICATE), decoded(PRIVATE_KEY));
        return SealingKey.of(object.ref().namespacedName(), pair).onlyFor(namespaces());
    }

    /** Tell whether it is in use, by its label. */
    public boolean isActive() {
        return Markers.ACTIVE.equals(object.labels().get(Markers.KEY_LABEL));
    }

    /** Tell whether this very key was exported. */
    public boolean isExported(Fingerprint fingerprint) {
        return fingerprint.text().equals(object.annotations().get(Markers.EXPORTED));
    }

    /** Tell whether two hold the same bytes. */
    public boolean holdsSameAs(KeySecret other) {
        return Arrays.equals(decoded(CERTIFICATE), other.decoded(CERTIFICATE))
                && Arrays.equals(decoded(PRIVATE_KEY), other.decoded(PRIVATE_KEY));
    }

    /** Give what of it belongs into a backup: nothing that a server adds, and no note of an export. */
    public Manifest forBackup() {
        ObjectNode json = Manifest.skeleton("v1", "Secret", object.ref().namespacedName());
        ObjectNode metadata = json.withObjectProperty("metadata");
        for (String field : List.of("labels", "annotations")) {
            if (object.at("metadata", field) instanceof ObjectNode given) {
                ObjectNode kept = given.deepCopy().without(List.of(Markers.EXPORTED, LAST_APPLIED));
                if (!kept.isEmpty()) {
                    metadata.set(field, kept);
                }
            }
        }
        for (String field : List.of("type", "data")) {
            json.set(field, object.at(field).deepCopy());
        }
        return Manifest.of(json);
    }

    /** Give the bytes of an item; none where there is no base64, of which the reader says that it is no key. */
    private byte[] decoded(String item) {
        try {
            return Base64.getMimeDecoder().decode(object.at("data", item).asText(""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private Set<String> namespaces() throws PemException {
        String text = object.annotations().get(Markers.NAMESPACES);
        if (text == null) {
            return Set.of();
        }
        Set<String> namespaces = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        if (namespaces.isEmpty()) {
            // None must not come to mean all.
            throw new PemException("its annotation " + Markers.NAMESPACES + " names no namespace");
        }
        return namespaces;
    }

    /** Print the name alone. */
    @Override
    public String toString() {
        return object.ref().toString();
    }
}
