/** A real git server over HTTP for tests, with repositories made in code and faults on demand. */
@NullMarked
package dev.tenantry.testkit.git;

import org.jspecify.annotations.NullMarked;
