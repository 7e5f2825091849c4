package dev.tenantry.kubernetes.health;

import java.time.Instant;

import dev.tenantry.kubernetes.Manifest;

/**
 * Tell whether a live object has become what its spec asks for.
 *
 * <p>The rules are those of kstatus in {@code sigs.k8s.io/cli-utils}, with Flux's one for Jobs: a Job is current when it
 * has completed, not already when it runs.
 */
public sealed interface Health {

    /** The object is what its spec asks for. */
    record Current() implements Health {}

    /** The object is on its way; waiting may help. */
    record InProgress(String message) implements Health {}

    /** The object will not get there by itself. */
    record Failed(String message) implements Health {}

    /** The object is being deleted. */
    record Terminating() implements Health {}

    /** There is no such object. */
    record NotFound() implements Health {}

    /**
     * Assess a live object, with its status.
     *
     * @param now the time to measure against how long a pod may go unscheduled
     */
    static Health of(Manifest live, Instant now) {
        return HealthRules.assess(live, now);
    }

    default boolean isCurrent() {
        return this instanceof Current;
    }
}
