/** Put the parts together: the only place that knows all of them. */
@NullMarked
package dev.tenantry.gitwatcher.wiring;

import org.jspecify.annotations.NullMarked;
