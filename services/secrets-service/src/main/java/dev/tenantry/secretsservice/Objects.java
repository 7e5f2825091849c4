package dev.tenantry.secretsservice;

/**
 * What the API server has.
 *
 * @param sealedSecrets what is to be opened
 * @param secrets what was
 */
public record Objects(SealedSecrets sealedSecrets, Secrets secrets) {}
