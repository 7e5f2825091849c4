/** Carry events over Kafka, and learn there whose SealedSecrets this replica opens. */
@NullMarked
package dev.tenantry.secretsservice.messaging;

import org.jspecify.annotations.NullMarked;
