package dev.tenantry.kubernetes.health;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

/** A Pod is current when it is ready, or has ended well. */
final class PodRule {

    /** How long a pod may find no node: a node may be on its way. */
    static final Duration SCHEDULING_GRACE = Duration.ofSeconds(15);

    private PodRule() {}

    static Health assess(Manifest pod, Instant now) {
        String phase = pod.at("status", "phase").asText();
        return switch (phase) {
            case "Succeeded" -> new Current();
            case "Failed" -> new Failed("ended with an error: " + pod.at("status", "message").asText("no message"));
            case "Running" -> running(pod);
            case "Pending" -> pending(pod, now);
            case "" -> new InProgress("no controller has seen it yet");
            default -> new InProgress("in phase " + phase);
        };
    }

    private static Health running(Manifest pod) {
        if (LiveConditions.of(pod).isTrue("Ready")) {
            return new Current();
        }
        List<String> crashing = crashing(pod);
        return crashing.isEmpty()
                ? new InProgress("running, but not ready")
                : new Failed("containers in a crash loop: " + String.join(", ", crashing));
    }

    private static Health pending(Manifest pod, Instant now) {
        return LiveConditions.of(pod)
                .find("PodScheduled")
                .filter(scheduled -> scheduled.isFalse() && scheduled.reason().equals("Unschedulable"))
                .<Health>map(scheduled -> now.minus(SCHEDULING_GRACE).isBefore(created(pod, now))
                        ? new InProgress("not scheduled yet")
                        : new Failed("cannot be scheduled: " + scheduled.text()))
                .orElseGet(() -> new InProgress("pending"));
    }

    private static List<String> crashing(Manifest pod) {
        List<String> names = new ArrayList<>();
        for (String field : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.at("status", field)) {
                if (container.path("state").path("waiting").path("reason").asText().equals("CrashLoopBackOff")) {
                    names.add(container.path("name").asText());
                }
            }
        }
        return names;
    }

    private static Instant created(Manifest pod, Instant fallback) {
        try {
            return OffsetDateTime.parse(pod.at("metadata", "creationTimestamp").asText()).toInstant();
        } catch (DateTimeParseException e) {
            // Only a pod that no server has stored has no such time; it is new then.
            return fallback;
        }
    }
}
