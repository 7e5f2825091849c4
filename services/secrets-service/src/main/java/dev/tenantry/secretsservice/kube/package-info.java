/** Read and write SealedSecrets, Secrets and keys at the API server. */
@NullMarked
package dev.tenantry.secretsservice.kube;

import org.jspecify.annotations.NullMarked;
