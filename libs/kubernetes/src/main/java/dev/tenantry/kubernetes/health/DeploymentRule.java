package dev.tenantry.kubernetes.health;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;
import dev.tenantry.kubernetes.health.LiveConditions.LiveCondition;

/** A Deployment is current when all replicas are of the newest template and available. */
final class DeploymentRule {

    private DeploymentRule() {}

    static Health assess(Manifest deployment, Instant now) {
        LiveConditions conditions = LiveConditions.of(deployment);
        Optional<LiveCondition> progressing = conditions.find("Progressing");
        if (progressing.filter(condition -> condition.reason().equals("ProgressDeadlineExceeded")).isPresent()) {
            return new Failed("progress deadline exceeded: " + progressing.get().message());
        }
        Replicas replicas = new Replicas(deployment);
        int wanted = replicas.wanted();
        int existing = replicas.status("replicas");
        int updated = replicas.status("updatedReplicas");
        int available = replicas.status("availableReplicas");
        int ready = replicas.status("readyReplicas");
        if (existing < wanted) {
            return Replicas.missing("replicas", existing, wanted);
        }
        if (updated < wanted) {
            return Replicas.missing("updated", updated, wanted);
        }
        if (existing > wanted) {
            return Replicas.surplus(existing, wanted);
        }
        if (available < updated) {
            return Replicas.missing("available", available, updated);
        }
        if (ready < wanted) {
            return Replicas.missing("ready", ready, wanted);
        }
        if (hasDeadline(deployment) && progressing.filter(DeploymentRule::complete).isEmpty()) {
            return new InProgress("the new ReplicaSet is not available");
        }
        return conditions.isTrue("Available") ? new Current() : new InProgress("not available");
    }

    private static boolean complete(LiveCondition progressing) {
        return progressing.isTrue() && progressing.reason().equals("NewReplicaSetAvailable");
    }

    /** Without a deadline, for which the greatest integer stands too, the controller writes no Progressing condition. */
    private static boolean hasDeadline(Manifest deployment) {
        JsonNode deadline = deployment.at("spec", "progressDeadlineSeconds");
        return deadline.isNumber() && deadline.longValue() != Integer.MAX_VALUE;
    }
}
