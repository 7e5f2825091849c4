package dev.tenantry.reconciler.kube;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/** The key by which contents get their fingerprints: a Secret of the installation, made by whoever needs it first. */
final class FingerprintKey {

    private static final Logger LOGGER = LoggerFactory.getLogger(FingerprintKey.class);
    private static final ResourceType SECRET = ResourceType.namespaced("", "v1", "Secret", "secrets");
    private static final String NAME = "tenantry-fingerprint-key";
    private static final String ENTRY = "key";
    private static final int LENGTH = 32;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private FingerprintKey() {}

    /**
     * Read the key, or make it; blocks until the API server answers.
     * <p>
     * Without the right to do so, make one for this process, which costs each target one apply after a restart.
     */
    static byte[] await(ObjectApi api, String namespace) throws InterruptedException {
        for (Duration pause = FIRST_PAUSE;; pause = longer(pause)) {
            Result result = readOrCreate(api, namespace);
            switch (result) {
                case Result.Known known -> {
                    return known.key();
                }
                case Result.Denied denied -> {
                    LOGGER.warn("the installation's key can be neither read nor made, so that after a restart"
                            + " everything is applied once more namespace={} name={} cause={}", namespace, NAME,
                            denied.message());
                    return random();
                }
                case Result.NoAnswer noAnswer -> {
                    LOGGER.warn("nothing runs before the API server answers cause={}", noAnswer.message());
                    Thread.sleep(pause);
                }
            }
        }
    }

    private sealed interface Result {

        record Known(byte[] key) implements Result {}

        record Denied(String message) implements Result {}

        record NoAnswer(String message) implements Result {}
    }

    private static Result readOrCreate(ObjectApi api, String namespace) {
        return switch (Answer.of(api.get(SECRET.at(namespace, NAME)))) {
            case Answer.Given<Optional<ObjectNode>> given -> given.value()
                    .map(FingerprintKey::read)
                    .orElseGet(() -> create(api, namespace));
            case Answer.Refused<Optional<ObjectNode>> refused -> refused(refused.error());
        };
    }

    private static Result read(ObjectNode secret) {
        byte[] key = Base64.getDecoder().decode(secret.path("data").path(ENTRY).asText());
        return key.length < LENGTH
                ? new Result.Denied("the Secret's entry %s has fewer than %d bytes".formatted(ENTRY, LENGTH))
                : new Result.Known(key);
    }

    private static Result create(ObjectApi api, String namespace) {
        byte[] key = random();
        ObjectNode secret = Manifest.skeleton("v1", "Secret", new NamespacedName(namespace, NAME));
        secret.putObject("data").put(ENTRY, Base64.getEncoder().encodeToString(key));
        return switch (Answer.of(api.create(SECRET, namespace, secret))) {
            case Answer.Given<ObjectNode> given -> new Result.Known(key);
            case Answer.Refused<ObjectNode> refused -> refused(refused.error());
        };
    }

    /** What another replica made at the same moment is there at the next try. */
    private static Result refused(ApiError error) {
        return error.isTransient() || error.isTransport() || error.isAlreadyExists()
                ? new Result.NoAnswer(error.message())
                : new Result.Denied(error.message());
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private static byte[] random() {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
