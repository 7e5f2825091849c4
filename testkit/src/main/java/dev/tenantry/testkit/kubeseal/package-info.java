/** The original client of SealedSecrets, against which ours is tested. */
@NullMarked
package dev.tenantry.testkit.kubeseal;

import org.jspecify.annotations.NullMarked;
