/** Desired objects become live: server-side apply, stage by stage. */
@NullMarked
package dev.tenantry.reconciler.apply;

import org.jspecify.annotations.NullMarked;
