/** Put the parts together: the only place that knows all of them. */
@NullMarked
package dev.tenantry.secretsservice.wiring;

import org.jspecify.annotations.NullMarked;
