/** Let the namespaces of a cluster take turns. */
@NullMarked
package dev.tenantry.kubernetes.queue;

import org.jspecify.annotations.NullMarked;
