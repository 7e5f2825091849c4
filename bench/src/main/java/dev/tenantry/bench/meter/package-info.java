/** What a run costs: processes, requests to the API server, and what the controllers tell of themselves. */
@NullMarked
package dev.tenantry.bench.meter;

import org.jspecify.annotations.NullMarked;
