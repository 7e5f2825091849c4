/** A real Kubernetes control plane for tests and for {@code tenantry up}. */
@NullMarked
package dev.tenantry.testkit.cluster;

import org.jspecify.annotations.NullMarked;
