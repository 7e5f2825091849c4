/** The Kafka contract: what happened, where to look, and in which order it is told. */
@NullMarked
package dev.tenantry.events;

import org.jspecify.annotations.NullMarked;
