/** Seal Secrets, and open SealedSecrets, without a cluster. */
@NullMarked
package dev.tenantry.secretsservice.sealing;

import org.jspecify.annotations.NullMarked;
