/** The kind of bitnami.com: a Secret that may be in git, since only the cluster can open it. */
@NullMarked
package dev.tenantry.kubernetes.sealedsecret;

import org.jspecify.annotations.NullMarked;
