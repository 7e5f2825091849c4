/** Pieces that the kinds share: conditions, durations, artifacts and references. */
@NullMarked
package dev.tenantry.kubernetes.meta;

import org.jspecify.annotations.NullMarked;
