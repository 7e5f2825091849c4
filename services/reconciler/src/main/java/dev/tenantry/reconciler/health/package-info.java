/** Whether what was applied works. */
@NullMarked
package dev.tenantry.reconciler.health;

import org.jspecify.annotations.NullMarked;
