/** The benches: each sets something up, measures what happens, and says what it cost. */
@NullMarked
package dev.tenantry.bench.scenario;

import org.jspecify.annotations.NullMarked;
