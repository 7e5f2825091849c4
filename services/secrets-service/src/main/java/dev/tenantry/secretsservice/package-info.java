/** Make SealedSecrets into Secrets, keep them so, and say why where that cannot be. */
@NullMarked
package dev.tenantry.secretsservice;

import org.jspecify.annotations.NullMarked;
