/** The commands {@code seal}, {@code unseal} and {@code keys}: Secrets in git, and the keys that open them. */
@NullMarked
package dev.tenantry.cli.secrets;

import org.jspecify.annotations.NullMarked;
