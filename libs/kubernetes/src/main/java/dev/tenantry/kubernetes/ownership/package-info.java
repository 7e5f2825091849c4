/** Which replica owns which sources and targets: by Kafka's partition assignment, or by a Lease while there is no broker. */
@NullMarked
package dev.tenantry.kubernetes.ownership;

import org.jspecify.annotations.NullMarked;
