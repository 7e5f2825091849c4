/** The commands behind {@code ./tenantry}. */
@NullMarked
package dev.tenantry.cli;

import org.jspecify.annotations.NullMarked;
