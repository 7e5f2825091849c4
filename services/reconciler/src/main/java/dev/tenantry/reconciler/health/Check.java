package dev.tenantry.reconciler.health;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * An object that must be healthy.
 *
 * @param version the version of its kind to read; empty for the one that the API server prefers
 * @param since the resourceVersion that our last write of it made, before which it tells nothing; empty where we wrote
 *     nothing
 */
public record Check(ObjectRef ref, String version, String since) {}
