/** Whose turn it is: work for targets, fair between teams, one run of a target at a time. */
@NullMarked
package dev.tenantry.reconciler.queue;

import org.jspecify.annotations.NullMarked;
