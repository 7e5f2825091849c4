package dev.tenantry.kubernetes.health;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;
import dev.tenantry.kubernetes.health.Health.Terminating;
import dev.tenantry.kubernetes.health.LiveConditions.LiveCondition;
import dev.tenantry.kubernetes.meta.ConditionType;

/** Choose the rule for an object: what holds for all kinds, then its kind's own, then its Ready condition. */
final class HealthRules {

    private static final HealthRule EXISTS = (object, now) -> new Current();
    private static final Map<String, HealthRule> BY_KIND = Map.ofEntries(
            Map.entry("apps/Deployment", DeploymentRule::assess),
            Map.entry("apps/StatefulSet", StatefulSetRule::assess),
            Map.entry("apps/DaemonSet", DaemonSetRule::assess),
            Map.entry("apps/ReplicaSet", ReplicaSetRule::assess),
            Map.entry("/ReplicationController", ReplicaSetRule::assess),
            Map.entry("/Pod", PodRule::assess),
            Map.entry("batch/Job", JobRule::assess),
            Map.entry("/PersistentVolumeClaim", HealthRules::claim),
            Map.entry("/Service", HealthRules::service),
            Map.entry("apiextensions.k8s.io/CustomResourceDefinition", HealthRules::definition),
            // These have conditions or none, which say nothing of their health.
            Map.entry("/ConfigMap", EXISTS),
            Map.entry("/Secret", EXISTS),
            Map.entry("batch/CronJob", EXISTS),
            Map.entry("policy/PodDisruptionBudget", EXISTS));

    private HealthRules() {}

    static Health assess(Manifest object, Instant now) {
        if (object.at("metadata", "deletionTimestamp").isTextual()) {
            return new Terminating();
        }
        LiveConditions conditions = LiveConditions.of(object);
        return outdated(object)
                .or(() -> reconciling(conditions))
                .or(() -> stalled(conditions))
                .orElseGet(() -> byKind(object, conditions, now));
    }

    private static Health byKind(Manifest object, LiveConditions conditions, Instant now) {
        HealthRule rule = BY_KIND.get(object.ref().group() + "/" + object.kind());
        return rule != null ? rule.assess(object, now) : ready(conditions);
    }

    private static Optional<Health> outdated(Manifest object) {
        JsonNode generation = object.at("metadata", "generation");
        JsonNode observed = object.at("status", "observedGeneration");
        if (!generation.isNumber() || !observed.isNumber() || generation.longValue() == observed.longValue()) {
            return Optional.empty();
        }
        return Optional
                .of(new InProgress("generation is " + generation + ", but the controller has seen only " + observed));
    }

    private static Optional<Health> reconciling(LiveConditions conditions) {
        return conditions.find(ConditionType.RECONCILING)
                .filter(LiveCondition::isTrue)
                .map(condition -> new InProgress(condition.text()));
    }

    private static Optional<Health> stalled(LiveConditions conditions) {
        return conditions.find(ConditionType.STALLED)
                .filter(LiveCondition::isTrue)
                .map(condition -> new Failed(condition.text()));
    }

    private static Health ready(LiveConditions conditions) {
        return conditions.find(ConditionType.READY)
                .filter(condition -> !condition.isTrue())
                .<Health>map(condition -> new InProgress(condition.text()))
                .orElseGet(Current::new);
    }

    private static Health claim(Manifest claim, Instant now) {
        String phase = claim.at("status", "phase").asText("unknown");
        return phase.equals("Bound") ? new Current() : new InProgress("not bound, but " + phase);
    }

    /** A cluster without a load balancer would never report an address, so none is waited for. */
    private static Health service(Manifest service, Instant now) {
        boolean balanced = service.at("spec", "type").asText().equals("LoadBalancer");
        boolean addressed = !service.at("spec", "clusterIP").asText().isEmpty();
        return !balanced || addressed ? new Current() : new InProgress("no cluster IP yet");
    }

    private static Health definition(Manifest definition, Instant now) {
        LiveConditions conditions = LiveConditions.of(definition);
        Optional<LiveCondition> names = conditions.find("NamesAccepted").filter(LiveCondition::isFalse);
        if (names.isPresent()) {
            return new Failed(names.get().text());
        }
        return conditions.find("Established")
                .<Health>map(established -> {
                    if (established.isTrue()) {
                        return new Current();
                    }
                    return established.isFalse() && !established.reason().equals("Installing")
                            ? new Failed(established.text())
                            : new InProgress("being installed");
                })
                .orElseGet(() -> new InProgress("being installed"));
    }
}
