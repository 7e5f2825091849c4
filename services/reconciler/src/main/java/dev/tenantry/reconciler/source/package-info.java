/** The revision that a target's source offers, and its files. */
@NullMarked
package dev.tenantry.reconciler.source;

import org.jspecify.annotations.NullMarked;
