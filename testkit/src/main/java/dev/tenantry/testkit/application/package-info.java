/** The applications of this tree as the build made them. */
@NullMarked
package dev.tenantry.testkit.application;

import org.jspecify.annotations.NullMarked;
