/** What {@code tenantry up} starts, keeps and stops. */
@NullMarked
package dev.tenantry.e2e.up;

import org.jspecify.annotations.NullMarked;
