package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.health.Health;
import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.NamespacedObjectKindReference;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.HealthState.Awaited;
import dev.tenantry.reconciler.HealthState.Passed;
import dev.tenantry.reconciler.HealthState.Unknown;
import dev.tenantry.reconciler.Outcome.On;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.ApplyResult;
import dev.tenantry.reconciler.health.Check;
import dev.tenantry.reconciler.health.HealthReport;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.LiveObject;

/** Let a target become ready only when the objects it names are healthy; a wait ends the run, and a change wakes it. */
final class HealthGate {

    private final Ports ports;
    private final Clock clock;

    HealthGate(Ports ports, Clock clock) {
        this.ports = ports;
        this.clock = clock;
    }

    /**
     * What is asked about.
     *
     * @param account who reads the objects
     * @param inventory all objects of the target
     */
    record Question(Account account, Inventory inventory, String revision) {}

    /** Look at the objects of a target for the first time after an apply. */
    Outcome start(Target target, TargetMemory memory, Question question, ApplyResult applied) {
        end(target, memory);
        Map<ObjectRef, String> since = new HashMap<>();
        Map<ObjectRef, String> healthy = stillHealthy(memory.health);
        for (ApplyResult.Result each : applied.written()) {
            Manifest live = each.written().live();
            String version = live.at("metadata", "resourceVersion").asText();
            since.put(each.ref(), version);
            // What the API server answered to an apply is as good as a read.
            if (Health.of(live, clock.instant()).isCurrent()) {
                healthy.put(each.ref(), version);
            }
        }
        return begin(target, memory, question, checks(target, question.inventory(), since), healthy);
    }

    /**
     * Tell how the objects are where nothing had to be applied.
     *
     * @param anew whether they are to be looked at again if they have changed since they were found healthy
     */
    Outcome look(Target target, TargetMemory memory, Question question, boolean anew) {
        Set<Check> checks = checks(target, question.inventory(), Map.of());
        boolean known = switch (memory.health) {
            case Awaited awaited -> refs(checks).equals(refs(awaited.checks()));
            case Passed passed -> passed.versions().keySet().containsAll(refs(checks))
                    && (!anew || checks.stream().allMatch(check -> isUnchanged(check.ref(), passed)));
            case Unknown unknown -> target.isReady() && !anew;
        };
        if (!known) {
            end(target, memory);
            return begin(target, memory, question, checks, stillHealthy(memory.health));
        }
        return memory.health instanceof Awaited awaited
                ? ask(target, memory, awaited, question.revision())
                : new Outcome.Ready(question.revision());
    }

    /** Wait for nothing any more; what was healthy is still known to be, as long as it is not written to. */
    void end(Target target, TargetMemory memory) {
        if (memory.health instanceof Awaited) {
            ports.health().end(target.name());
            memory.health = new Unknown();
        }
    }

    private Outcome begin(Target target, TargetMemory memory, Question question, Set<Check> checks,
            Map<ObjectRef, String> healthy) {
        Map<ObjectRef, String> passed = new HashMap<>(healthy);
        passed.keySet().retainAll(refs(checks));
        Instant now = clock.instant();
        var awaited = new Awaited(question.account(), checks, passed, now, now.plus(target.spec().effectiveTimeout()));
        memory.health = awaited;
        return ask(target, memory, awaited, question.revision());
    }

    private Outcome ask(Target target, TargetMemory memory, Awaited wait, String revision) {
        Set<Check> open = wait.checks()
                .stream()
                .filter(check -> !wait.passed().containsKey(check.ref()))
                .collect(Collectors.toSet());
        if (open.isEmpty()) {
            return pass(target, memory, wait.passed(), revision);
        }
        HealthReport report = ports.health().check(target.name(), wait.account(), open);
        if (report.isHealthy()) {
            Map<ObjectRef, String> versions = new HashMap<>(wait.passed());
            versions.putAll(report.healthy());
            return pass(target, memory, versions, revision);
        }
        Instant now = clock.instant();
        if (!report.failed().isEmpty()) {
            return fail(target, memory, "health check failed after %s: failed early due to stalled objects: [%s]"
                    .formatted(since(wait, now), lines(report.failed())));
        }
        if (!now.isBefore(wait.deadline())) {
            return fail(target, memory, "health check failed after %s: timeout waiting for: [%s]"
                    .formatted(since(wait, now), lines(report.pending())));
        }
        return new Outcome.Waiting(On.HEALTH, Reason.PROGRESSING,
                "Running health checks for revision %s with a timeout of %s".formatted(revision,
                        new GoDuration(target.spec().effectiveTimeout())),
                Duration.between(now, wait.deadline()));
    }

    private Outcome pass(Target target, TargetMemory memory, Map<ObjectRef, String> versions, String revision) {
        end(target, memory);
        memory.health = new Passed(Map.copyOf(versions));
        return new Outcome.Ready(revision);
    }

    private Outcome fail(Target target, TargetMemory memory, String message) {
        end(target, memory);
        // The next try applies again, and so looks again.
        memory.settled = false;
        return new Outcome.Failed(Reason.HEALTH_CHECK_FAILED, message);
    }

    private Map<ObjectRef, String> stillHealthy(HealthState state) {
        Map<ObjectRef, String> still = new HashMap<>();
        if (state instanceof Passed passed) {
            still.putAll(passed.versions());
            still.keySet().removeIf(ref -> !isUnchanged(ref, passed));
        }
        return still;
    }

    /** What nobody has written to since is as healthy as it was. */
    private boolean isUnchanged(ObjectRef ref, Passed passed) {
        return ports.cluster()
                .live(ref)
                .map(LiveObject::resourceVersion)
                .filter(version -> version.equals(passed.versions().get(ref)))
                .isPresent();
    }

    private static Set<ObjectRef> refs(Set<Check> checks) {
        return checks.stream().map(Check::ref).collect(Collectors.toSet());
    }

    private static Set<Check> checks(Target target, Inventory inventory, Map<ObjectRef, String> since) {
        Set<Check> checks = new HashSet<>();
        if (target.spec().waitForHealth()) {
            inventory.entries()
                    .forEach((ref, version) -> checks.add(new Check(ref, version, since.getOrDefault(ref, ""))));
        } else {
            target.spec()
                    .healthChecks()
                    .forEach(reference -> checks.add(check(reference, target.name().namespace(), since)));
        }
        return checks;
    }

    private static Check check(NamespacedObjectKindReference reference, String namespace,
            Map<ObjectRef, String> since) {
        String apiVersion = reference.apiVersion() == null ? "" : reference.apiVersion();
        String own = reference.namespace() == null || reference.namespace().isEmpty()
                ? namespace
                : reference.namespace();
        var ref = new ObjectRef(Manifest.groupOf(apiVersion), reference.kind(), own, reference.name());
        return new Check(ref, Manifest.versionOf(apiVersion), since.getOrDefault(ref, ""));
    }

    private static String since(Awaited wait, Instant now) {
        return new GoDuration(Duration.ofMillis(Duration.between(wait.since(), now).toMillis())).toString();
    }

    private static String lines(Map<ObjectRef, String> objects) {
        return objects.entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
