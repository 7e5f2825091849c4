/** Answer kubeseal, and show what came of each SealedSecret. */
@NullMarked
package dev.tenantry.secretsservice.http;

import org.jspecify.annotations.NullMarked;
