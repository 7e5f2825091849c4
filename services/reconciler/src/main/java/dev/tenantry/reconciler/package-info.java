/** Turn a source revision into the state of the cluster, one Kustomization at a time. */
@NullMarked
package dev.tenantry.reconciler;

import org.jspecify.annotations.NullMarked;
