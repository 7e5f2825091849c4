/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.util;

import org.jspecify.annotations.NullMarked;
