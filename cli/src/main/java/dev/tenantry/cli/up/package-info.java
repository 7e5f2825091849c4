/** Run Tenantry beside a cluster until it is told to stop. */
@NullMarked
package dev.tenantry.cli.up;

import org.jspecify.annotations.NullMarked;
