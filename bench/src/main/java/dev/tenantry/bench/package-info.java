/** The command bench: how fast a set of controllers of the Flux kinds is, and what it costs. */
@NullMarked
package dev.tenantry.bench;

import org.jspecify.annotations.NullMarked;
