package dev.tenantry.secretsservice;

import java.util.Optional;
import java.util.Set;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.SealedContent;

/**
 * What is remembered of a SealedSecret: all but its encrypted values, of which thousands would take much memory.
 *
 * @param name its own, and the Secret's
 * @param generation how often its spec was changed
 * @param expected what its Secret has to consist of; empty when nobody knows before it is open
 * @param ending whether it was asked to go
 */
public record KnownSealedSecret(NamespacedName name, String uid, String resourceVersion, long generation, Scope scope,
        Set<String> expected, SyncedCondition synced, boolean ending) {

    public KnownSealedSecret {
        expected = Set.copyOf(expected);
    }

    /**
     * Read an object as the API server sent it.
     *
     * @throws IllegalArgumentException when it is of another kind
     */
    public static KnownSealedSecret of(Manifest object, SealedContent content) {
        return new KnownSealedSecret(
                content.name(),
                content.uid(),
                object.at("metadata", "resourceVersion").asText(""),
                content.generation(),
                content.scope(),
                SecretParts.expected(content),
                synced(object),
                !object.at("metadata", "deletionTimestamp").isMissingNode());
    }

    /** Tell whether its last outcome was a Secret, and is that of what it says now. */
    public boolean isSettled() {
        return synced.isTrue() && synced.observedGeneration() == generation;
    }

    /** Tell whether a Secret is as it was written last for what this says now. */
    boolean isIn(LiveSecret secret) {
        return secret.isAsWritten(expected) && secret.origin().equals(Optional.of(origin()));
    }

    Origin origin() {
        return new Origin(uid, generation, scope.toString());
    }

    /** Tell whether there is anything new to open in it, compared with an earlier state. */
    boolean differsFrom(KnownSealedSecret before) {
        // Annotations are no part of the generation, and the scope is one.
        return !uid.equals(before.uid) || generation != before.generation || scope != before.scope;
    }

    private static SyncedCondition synced(Manifest object) {
        for (var condition : object.at("status", "conditions")) {
            if (SyncedCondition.TYPE.equals(condition.path("type").asText())) {
                return new SyncedCondition(
                        condition.path("status").asText(""),
                        condition.path("reason").asText(""),
                        condition.path("message").asText(""),
                        object.at("status", "observedGeneration").asLong(),
                        condition.path("lastTransitionTime").isTextual()
                                ? condition.path("lastTransitionTime").textValue()
                                : null);
            }
        }
        return SyncedCondition.never();
    }
}
