/** Start what works beside the runs. */
@NullMarked
package dev.tenantry.reconciler.wiring;

import org.jspecify.annotations.NullMarked;
