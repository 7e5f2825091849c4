/** The worker processes, built from the checkout. */
@NullMarked
package dev.tenantry.testkit.workers;

import org.jspecify.annotations.NullMarked;
