/** All services in one process, with the broker and the Postgres that they need. */
@NullMarked
package dev.tenantry.standalone;

import org.jspecify.annotations.NullMarked;
