/** What is to change: desired objects against the inventory and what is known of the live ones. */
@NullMarked
package dev.tenantry.reconciler.plan;

import org.jspecify.annotations.NullMarked;
