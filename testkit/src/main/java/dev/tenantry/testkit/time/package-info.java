/** Time as a test wants it. */
@NullMarked
package dev.tenantry.testkit.time;

import org.jspecify.annotations.NullMarked;
