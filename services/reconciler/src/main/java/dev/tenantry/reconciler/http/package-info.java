/** REST: targets, their inventory and runs, and what would change. */
@NullMarked
package dev.tenantry.reconciler.http;

import org.jspecify.annotations.NullMarked;
