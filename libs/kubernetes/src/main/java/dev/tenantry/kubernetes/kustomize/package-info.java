/** The kinds of kustomize.toolkit.fluxcd.io: what is applied, and how. */
@NullMarked
package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.NullMarked;
