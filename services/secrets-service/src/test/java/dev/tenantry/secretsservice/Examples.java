package dev.tenantry.secretsservice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;

/** A SealedSecret of one value, and errors of an API server. */
final class Examples {

    static final String CANARY = "canary-value-that-nobody-may-see";
    static final NamespacedName NAME = new NamespacedName("team-a", "database");
    static final String UID = "5f0c6a0e-0000-4000-8000-000000000001";

    /** What is written down with the Secret of {@link #sealed()}. */
    static final Origin ORIGIN = new Origin(UID, 1, "strict");

    private Examples() {}

    /** Give a SealedSecret as the API server has it, whose value nobody can open. */
    static Manifest sealed() {
        return stored(Manifest.skeleton("bitnami.com/v1alpha1", "SealedSecret", NAME),
                json -> json.putObject("spec").putObject("encryptedData").put("password", "AgAA"));
    }

    /** Give a SealedSecret as the API server has it. */
    static Manifest sealed(KeyPair pair) {
        ObjectNode plain = Manifest.skeleton("v1", "Secret", NAME);
        plain.putObject("data").put("password", base64(CANARY));
        return stored(new Sealer(pair.publicKey()).seal(Manifest.of(plain), Scope.STRICT).json(), json -> {});
    }

    private static Manifest stored(ObjectNode json, Consumer<ObjectNode> change) {
        json.withObjectProperty("metadata").put("uid", UID).put("resourceVersion", "10").put("generation", 1);
        change.accept(json);
        return Manifest.of(json);
    }

    static Manifest changed(Manifest object, Consumer<ObjectNode> change) {
        return object.with(json -> {
            change.accept(json);
            return json;
        });
    }

    static Manifest named(Manifest object, String namespace, String name) {
        return changed(object,
                json -> json.withObjectProperty("metadata").put("namespace", namespace).put("name", name));
    }

    /** Give the condition of an object's first generation. */
    static Manifest synced(Manifest object, String value, String reason) {
        return changed(object, json -> {
            ObjectNode status = json.putObject("status").put("observedGeneration", 1);
            status.putArray("conditions")
                    .addObject()
                    .put("type", "Synced")
                    .put("status", value)
                    .put("lastTransitionTime", "2026-01-01T00:00:00Z")
                    .put("reason", reason)
                    .put("message", "");
        });
    }

    static KnownSealedSecret known(Manifest object) {
        return KnownSealedSecret.of(object, SealedContent.of(object));
    }

    /** Give what a watch tells of a Secret that is as it was written for {@link #sealed()}. */
    static LiveSecret written() {
        return live(Set.of("data/password", "annotations/" + Sealer.SEALED_WITH, "owner"), Set.of());
    }

    static LiveSecret live(Set<String> ours, Set<String> others) {
        return new LiveSecret(NAME, "uid", "20", ours, others, false, List.of(), Optional.of(ORIGIN));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ApiException refusal(int code, String reason, String message, ApiError.Cause... causes) {
        return new ApiException(new ApiError(code, reason, message, "secrets", NAME.name(), List.of(causes),
                Optional.empty()));
    }

    static Observation observation(Manifest before, Outcome outcome, Drift drift) {
        KnownSealedSecret sealed = known(before);
        return new Observation(sealed, sealed.synced(), outcome, drift == Drift.YES,
                Instant.parse("2026-03-01T12:00:00Z"), Duration.ofMillis(3));
    }

    enum Drift {
        YES, NO
    }
}
