/** Decide when each source is fetched: on its interval, on demand and after failures, fairly between namespaces. */
@NullMarked
package dev.tenantry.gitwatcher.poll;

import org.jspecify.annotations.NullMarked;
