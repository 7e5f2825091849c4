/** What left the source leaves the cluster. */
@NullMarked
package dev.tenantry.reconciler.prune;

import org.jspecify.annotations.NullMarked;
