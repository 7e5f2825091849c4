/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.named;

import org.jspecify.annotations.NullMarked;
