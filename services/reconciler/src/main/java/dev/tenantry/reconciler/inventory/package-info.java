/** What a target has in the cluster. */
@NullMarked
package dev.tenantry.reconciler.inventory;

import org.jspecify.annotations.NullMarked;
