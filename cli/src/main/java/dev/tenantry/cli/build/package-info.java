/** The command {@code build}: what would be applied, without a cluster. */
@NullMarked
package dev.tenantry.cli.build;

import org.jspecify.annotations.NullMarked;
