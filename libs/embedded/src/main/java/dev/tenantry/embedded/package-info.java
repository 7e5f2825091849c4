/** A Kafka broker and a Postgres of one's own, on loopback, for standalone and for tests. */
@NullMarked
package dev.tenantry.embedded;

import org.jspecify.annotations.NullMarked;
