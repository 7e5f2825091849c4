/** Code that breaks each rule once. */
@NullMarked
package dev.tenantry.testkit.architecture.sample;

import org.jspecify.annotations.NullMarked;
