package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.health.Health;
import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.NamespacedObjectKindReference;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.Outcome.On;
import dev.tenantry.reconciler.TargetMemory.HealthWait;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.ApplyResult;
import dev.tenantry.reconciler.health.Check;
import dev.tenantry.reconciler.health.HealthReport;
import dev.tenantry.reconciler.health.HealthWatch;

/** Let a target become ready only when the objects it names are healthy; a wait ends the run, and a change wakes it. */
final class HealthGate {

    private final HealthWatch watch;
    private final Clock clock;

    HealthGate(HealthWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** Look at the objects of a target for the first time after an apply. */
    Outcome start(Target target, TargetMemory memory, Account account, List<Manifest> desired, ApplyResult applied,
            String revision) {
        Set<Check> checks = checks(target, desired);
        checks.removeAll(healthyAlready(applied));
        if (checks.isEmpty()) {
            return new Outcome.Ready(revision);
        }
        Instant now = clock.instant();
        memory.health = new HealthWait(account, checks, now, now.plus(target.spec().effectiveTimeout()));
        return look(target, memory, revision);
    }

    /** Look again at the objects that a target waits for. */
    Outcome look(Target target, TargetMemory memory, String revision) {
        HealthWait wait = memory.health;
        if (wait == null) {
            return new Outcome.Ready(revision);
        }
        HealthReport report = watch.check(target.name(), wait.account(), wait.checks());
        if (report.isHealthy()) {
            end(target, memory);
            return new Outcome.Ready(revision);
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

    /** Wait for nothing any more. */
    void end(Target target, TargetMemory memory) {
        if (memory.health != null) {
            memory.health = null;
            watch.end(target.name());
        }
    }

    private Outcome fail(Target target, TargetMemory memory, String message) {
        end(target, memory);
        // The next try applies again, and so looks again.
        memory.settled = false;
        return new Outcome.Failed(Reason.HEALTH_CHECK_FAILED, message);
    }

    private static Set<Check> checks(Target target, List<Manifest> desired) {
        if (target.spec().waitForHealth()) {
            return desired.stream()
                    .map(object -> new Check(object.ref(), object.version()))
                    .collect(Collectors.toCollection(HashSet::new));
        }
        return target.spec()
                .healthChecks()
                .stream()
                .map(reference -> check(reference, target.name().namespace()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Check check(NamespacedObjectKindReference reference, String namespace) {
        String apiVersion = reference.apiVersion() == null ? "" : reference.apiVersion();
        String own = reference.namespace() == null || reference.namespace().isEmpty()
                ? namespace
                : reference.namespace();
        return new Check(
                new ObjectRef(Manifest.groupOf(apiVersion), reference.kind(), own, reference.name()),
                Manifest.versionOf(apiVersion));
    }

    /** What the API server answered to an apply is as good as a read. */
    private Set<Check> healthyAlready(ApplyResult applied) {
        return applied.written()
                .stream()
                .filter(each -> Health.of(each.written().live(), clock.instant()).isCurrent())
                .map(each -> new Check(each.ref(), each.change().object().version()))
                .collect(Collectors.toSet());
    }

    private static String since(HealthWait wait, Instant now) {
        return new GoDuration(Duration.ofMillis(Duration.between(wait.since(), now).toMillis())).toString();
    }

    private static String lines(Map<ObjectRef, String> objects) {
        return objects.entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
