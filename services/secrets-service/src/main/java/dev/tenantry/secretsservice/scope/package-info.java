/** Where a sealed value may be opened. */
@NullMarked
package dev.tenantry.secretsservice.scope;

import org.jspecify.annotations.NullMarked;
