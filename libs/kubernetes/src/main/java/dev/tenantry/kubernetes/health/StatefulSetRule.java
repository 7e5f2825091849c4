package dev.tenantry.kubernetes.health;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

/** A StatefulSet is current when all replicas are ready and, above the partition, of the newest template. */
final class StatefulSetRule {

    private StatefulSetRule() {}

    static Health assess(Manifest set, Instant now) {
        if (set.at("spec", "updateStrategy", "type").asText().equals("OnDelete")) {
            // Its owner replaces the pods by hand, whenever that is.
            return new Current();
        }
        Replicas replicas = new Replicas(set);
        int wanted = replicas.wanted();
        int existing = replicas.status("replicas");
        int ready = replicas.status("readyReplicas");
        if (existing < wanted) {
            return Replicas.missing("replicas", existing, wanted);
        }
        if (ready < wanted) {
            return Replicas.missing("ready", ready, wanted);
        }
        if (existing > wanted) {
            return Replicas.surplus(existing, wanted);
        }
        JsonNode partition = set.at("spec", "updateStrategy", "rollingUpdate", "partition");
        if (partition.isNumber()) {
            int updated = replicas.status("updatedReplicas");
            int aboveThePartition = wanted - partition.intValue();
            return updated < aboveThePartition
                    ? Replicas.missing("updated", updated, aboveThePartition)
                    : new Current();
        }
        int current = replicas.status("currentReplicas");
        if (current < wanted) {
            return Replicas.missing("current", current, wanted);
        }
        return set.at("status", "currentRevision").equals(set.at("status", "updateRevision"))
                ? new Current()
                : new InProgress("waiting for all pods to be of the new revision");
    }
}
