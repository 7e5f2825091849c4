/** The house rules that a machine can check. */
@NullMarked
package dev.tenantry.testkit.architecture;

import org.jspecify.annotations.NullMarked;
