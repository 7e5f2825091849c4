/** What controllers are given to do: repositories, and the objects that follow them. */
@NullMarked
package dev.tenantry.bench.workload;

import org.jspecify.annotations.NullMarked;
