/** The original controller of SealedSecrets, to be compared with and to be moved over from. */
@NullMarked
package dev.tenantry.testkit.original;

import org.jspecify.annotations.NullMarked;
