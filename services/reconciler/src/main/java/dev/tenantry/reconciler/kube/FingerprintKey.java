package dev.tenantry.reconciler.kube;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/** The key by which contents get their fingerprints: a Secret of the installation, made by whoever needs it first. */
final class FingerprintKey {

    private static final Logger LOGGER = LoggerFactory.getLogger(FingerprintKey.class);
    private static final ResourceType SECRET = ResourceType.namespaced("", "v1", "Secret", "secrets");
    private static final String NAME = "tenantry-fingerprint-key";
    private static final String ENTRY = "key";
    private static final int LENGTH = 32;

    private FingerprintKey() {}

    /**
     * Read the key, or make it; without the right to do so, make one for this process, which costs each target one
     * apply after a restart.
     */
    static byte[] get(ObjectApi api, String namespace) {
        return read(api, namespace).or(() -> create(api, namespace)).or(() -> read(api, namespace)).orElseGet(() -> {
            LOGGER.warn(
                    "the Secret {}/{} can be neither read nor made: after a restart everything is applied once more",
                    namespace, NAME);
            return random();
        });
    }

    private static Optional<byte[]> read(ObjectApi api, String namespace) {
        return Answer.of(api.get(SECRET.at(namespace, NAME))) instanceof Answer.Given<Optional<ObjectNode>> given
                ? given.value()
                        .map(secret -> Base64.getDecoder().decode(secret.path("data").path(ENTRY).asText()))
                        .filter(key -> key.length >= LENGTH)
                : Optional.empty();
    }

    private static Optional<byte[]> create(ObjectApi api, String namespace) {
        byte[] key = random();
        ObjectNode secret = Manifest.skeleton("v1", "Secret", new NamespacedName(namespace, NAME));
        secret.putObject("data").put(ENTRY, Base64.getEncoder().encodeToString(key));
        return Answer.of(api.create(SECRET, namespace, secret)) instanceof Answer.Given<ObjectNode>
                ? Optional.of(key)
                : Optional.empty();
    }

    private static byte[] random() {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
