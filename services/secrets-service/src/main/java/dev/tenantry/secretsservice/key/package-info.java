/** The keys that seal and open: which there are, and which of them may do what. */
@NullMarked
package dev.tenantry.secretsservice.key;

import org.jspecify.annotations.NullMarked;
