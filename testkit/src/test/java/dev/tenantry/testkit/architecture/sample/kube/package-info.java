/** Code that breaks a rule. */
@NullMarked
package dev.tenantry.testkit.architecture.sample.kube;

import org.jspecify.annotations.NullMarked;
