/** The first stage of a run: from a source's files and a Kustomization to the objects that should exist. */
@NullMarked
package dev.tenantry.reconciler.build;

import org.jspecify.annotations.NullMarked;
