/** When the keys get successors, and when somebody has to be reminded of them. */
@NullMarked
package dev.tenantry.secretsservice.rotation;

import org.jspecify.annotations.NullMarked;
