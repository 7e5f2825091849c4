/** Tell from an object's JSON whether it has become what its spec asks for. */
@NullMarked
package dev.tenantry.kubernetes.health;

import org.jspecify.annotations.NullMarked;
