/** Whose turn it is to be opened. */
@NullMarked
package dev.tenantry.secretsservice.queue;

import org.jspecify.annotations.NullMarked;
