package dev.tenantry.reconciler.health;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * An object that must be healthy.
 *
 * @param version the version of its kind to read; empty for the one that the API server prefers
 */
public record Check(ObjectRef ref, String version) {}
