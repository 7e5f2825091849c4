/** Whoever runs a cluster installs Tenantry with the rights it needs and no others, and can take it away again. */
@NullMarked
package dev.tenantry.e2e.deploy;

import org.jspecify.annotations.NullMarked;
