package dev.tenantry.kubernetes.health;

import java.time.Instant;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

/** A DaemonSet is current when each node it wants has a ready pod of the newest template. */
final class DaemonSetRule {

    private DaemonSetRule() {}

    static Health assess(Manifest set, Instant now) {
        if (!set.at("status", "observedGeneration").isNumber()
                || !set.at("status", "desiredNumberScheduled").isNumber()) {
            return new InProgress("the controller has not seen it yet");
        }
        Replicas pods = new Replicas(set);
        int wanted = pods.status("desiredNumberScheduled");
        int scheduled = pods.status("currentNumberScheduled");
        int updated = pods.status("updatedNumberScheduled");
        int available = pods.status("numberAvailable");
        int ready = pods.status("numberReady");
        if (scheduled < wanted) {
            return Replicas.missing("scheduled", scheduled, wanted);
        }
        if (updated < wanted) {
            return Replicas.missing("updated", updated, wanted);
        }
        if (available < wanted) {
            return Replicas.missing("available", available, wanted);
        }
        return ready < wanted ? Replicas.missing("ready", ready, wanted) : new Current();
    }
}
