/** Objects of Kubernetes: their identity, their manifests and the markers that steer what happens to them. */
@NullMarked
package dev.tenantry.kubernetes;

import org.jspecify.annotations.NullMarked;
