/** A real Postgres for tests, and what it is like when it goes away. */
@NullMarked
package dev.tenantry.testkit.postgres;

import org.jspecify.annotations.NullMarked;
