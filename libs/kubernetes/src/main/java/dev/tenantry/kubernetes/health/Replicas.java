package dev.tenantry.kubernetes.health;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.InProgress;

/** Read the counts that controllers write, where a missing one is zero. */
final class Replicas {

    private final Manifest object;

    Replicas(Manifest object) {
        this.object = object;
    }

    /** Give the replicas asked for; controllers take one when the spec does not say. */
    int wanted() {
        return object.at("spec", "replicas").asInt(1);
    }

    int status(String field) {
        return object.at("status", field).asInt(0);
    }

    static InProgress missing(String what, int have, int want) {
        return new InProgress(what + ": " + have + "/" + want);
    }

    static InProgress surplus(int have, int want) {
        return new InProgress("to be terminated: " + (have - want));
    }
}
