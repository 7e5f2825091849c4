package dev.tenantry.kubernetes.health;

import java.time.Instant;

import dev.tenantry.kubernetes.Manifest;

/** Assess the objects of one kind. */
@FunctionalInterface
interface HealthRule {

    /** Assess an object that is not being deleted and whose status is of its present generation. */
    Health assess(Manifest object, Instant now);
}
