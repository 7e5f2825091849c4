package dev.tenantry.reconciler.plan;

/**
 * What is remembered of an object's last apply.
 *
 * @param desired fingerprint of what was sent
 * @param managed hash of our entry in {@code metadata.managedFields} that came of it
 */
public record Applied(String desired, String managed) {}
