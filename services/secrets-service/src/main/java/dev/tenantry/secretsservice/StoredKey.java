package dev.tenantry.secretsservice;

import dev.tenantry.secretsservice.key.SealingKey;

/**
 * A key as its Secret has it.
 *
 * @param uid of the Secret
 * @param exported whether this very key is known to be kept somewhere else
 */
public record StoredKey(SealingKey key, String uid, boolean exported) {}
