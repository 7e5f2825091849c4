/** A real Kafka broker for tests, and what it is like when it goes away. */
@NullMarked
package dev.tenantry.testkit.kafka;

import org.jspecify.annotations.NullMarked;
