/** What a cluster needs before Tenantry runs beside it. */
@NullMarked
package dev.tenantry.cli.cluster;

import org.jspecify.annotations.NullMarked;
