/** The API server: Kustomizations in, objects, statuses and events out. */
@NullMarked
package dev.tenantry.reconciler.kube;

import org.jspecify.annotations.NullMarked;
