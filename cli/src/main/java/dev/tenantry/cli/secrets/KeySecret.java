package dev.tenantry.cli.secrets;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.Markers;
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
record KeySecret(Manifest object) {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String CERTIFICATE = "tls.crt";
    private static final String PRIVATE_KEY = "tls.key";

    /** Tell whether an object looks like one. */
    static boolean holdsKey(Manifest object) {
        return object.apiVersion().equals("v1") && object.kind().equals("Secret")
                && object.at("data", PRIVATE_KEY).isTextual();
    }

    /**
     * Read the key.
     *
     * @throws PemException when it is none, or not that of the certificate
     */
    SealingKey key() throws PemException {
        KeyPair pair = Pem.pair(decoded(CERTIFICATE), decoded(PRIVATE_KEY));
        SealingKey unlimited = SealingKey.of(object.ref().namespacedName(), pair);
        return new SealingKey(unlimited.secret(), unlimited.fingerprint(), pair, unlimited.orderedAt(), namespaces());
    }

    boolean isActive() {
        return Markers.ACTIVE.equals(object.labels().get(Markers.KEY_LABEL));
    }

    /** Tell whether this very key was exported. */
    boolean isExported(Fingerprint fingerprint) {
        return fingerprint.text().equals(object.annotations().get(Markers.EXPORTED));
    }

    /** Tell whether two hold the same bytes. */
    boolean holdsSameAs(KeySecret other) {
        return Arrays.equals(decoded(CERTIFICATE), other.decoded(CERTIFICATE))
                && Arrays.equals(decoded(PRIVATE_KEY), other.decoded(PRIVATE_KEY));
    }

    /** Give what of it belongs into a backup: nothing that a server adds, and no note of an export. */
    Manifest forBackup() {
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

    private Set<String> namespaces() {
        return Optional.ofNullable(object.annotations().get(Markers.NAMESPACES))
                .stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Print the name alone. */
    @Override
    public String toString() {
        return object.ref().toString();
    }
}
