/** How the connector of a service treats records: the only package here that knows SmallRye and CDI. */
@NullMarked
package dev.tenantry.events.connector;

import org.jspecify.annotations.NullMarked;
