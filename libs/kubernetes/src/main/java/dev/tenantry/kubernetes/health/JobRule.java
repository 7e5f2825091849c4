package dev.tenantry.kubernetes.health;

import java.time.Instant;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

/** A Job is current when it has completed, or when it is meant not to run. */
final class JobRule {

    private JobRule() {}

    static Health assess(Manifest job, Instant now) {
        if (job.at("spec", "suspend").asBoolean()) {
            return new Current();
        }
        int parallelism = job.at("spec", "parallelism").asInt(1);
        int completions = job.at("spec", "completions").asInt(parallelism);
        int succeeded = job.at("status", "succeeded").asInt(0);
        LiveConditions conditions = LiveConditions.of(job);
        if (conditions.isTrue("Complete")) {
            return new Current();
        }
        if (conditions.isTrue("Failed")) {
            String text = conditions.find("Failed").orElseThrow().text();
            return new Failed("failed: " + job.at("status", "failed").asInt(0) + "/" + completions
                    + (text.isEmpty() ? "" : ", " + text));
        }
        return job.at("status", "startTime").asText().isEmpty()
                ? new InProgress("not started")
                : Replicas.missing("succeeded", succeeded, completions);
    }
}
