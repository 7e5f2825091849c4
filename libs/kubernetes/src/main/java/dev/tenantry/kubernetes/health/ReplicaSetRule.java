package dev.tenantry.kubernetes.health;

import java.time.Instant;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;
import dev.tenantry.kubernetes.health.LiveConditions.LiveCondition;

/** A ReplicaSet, or a ReplicationController, is current when all replicas are available. */
final class ReplicaSetRule {

    private ReplicaSetRule() {}

    static Health assess(Manifest set, Instant now) {
        return LiveConditions.of(set)
                .find("ReplicaFailure")
                .filter(LiveCondition::isTrue)
                .<Health>map(failure -> new InProgress("pods cannot be created: " + failure.text()))
                .orElseGet(() -> count(new Replicas(set)));
    }

    private static Health count(Replicas replicas) {
        int wanted = replicas.wanted();
        int existing = replicas.status("replicas");
        int labeled = replicas.status("fullyLabeledReplicas");
        int available = replicas.status("availableReplicas");
        int ready = replicas.status("readyReplicas");
        if (labeled < wanted) {
            return Replicas.missing("labeled", labeled, wanted);
        }
        if (available < wanted) {
            return Replicas.missing("available", available, wanted);
        }
        if (ready < wanted) {
            return Replicas.missing("ready", ready, wanted);
        }
        return existing > wanted ? Replicas.surplus(existing, wanted) : new Current();
    }
}
