/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.loud;

import org.jspecify.annotations.NullMarked;
