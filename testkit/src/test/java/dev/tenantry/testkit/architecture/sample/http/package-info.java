/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.http;

import org.jspecify.annotations.NullMarked;
