/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.plan;

import org.jspecify.annotations.NullMarked;
