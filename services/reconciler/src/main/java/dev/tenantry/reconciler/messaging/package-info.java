/** Kafka: revisions and requests in, results and build records out. */
@NullMarked
package dev.tenantry.reconciler.messaging;

import org.jspecify.annotations.NullMarked;
