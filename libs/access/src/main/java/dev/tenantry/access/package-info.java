/** Who asks, and may they: bearer tokens and rights, as the Kubernetes API server judges them. */
@NullMarked
package dev.tenantry.access;

import org.jspecify.annotations.NullMarked;
