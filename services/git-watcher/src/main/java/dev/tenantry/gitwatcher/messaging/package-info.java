/** Carry events over Kafka, and learn there which sources this replica owns. */
@NullMarked
package dev.tenantry.gitwatcher.messaging;

import org.jspecify.annotations.NullMarked;
