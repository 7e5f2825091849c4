/** What an apply would change, field by field, found out without changing anything. */
@NullMarked
package dev.tenantry.reconciler.compare;

import org.jspecify.annotations.NullMarked;
