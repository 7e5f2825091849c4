/** The contract's edge to kafka-clients: records and topics. */
@NullMarked
package dev.tenantry.events.kafka;

import org.jspecify.annotations.NullMarked;
