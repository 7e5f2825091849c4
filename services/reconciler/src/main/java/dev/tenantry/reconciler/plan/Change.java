package dev.tenantry.reconciler.plan;

import dev.tenantry.kubernetes.Manifest;

/**
 * One object to apply.
 *
 * @param object what it shall be
 * @param fingerprint of that
 * @param reason why it is applied
 */
public record Change(Manifest object, String fingerprint, Reason reason) {}
