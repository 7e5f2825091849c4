/** A proxy before an API server that counts what is asked and misbehaves on demand, and an API server that a test makes up. */
@NullMarked
package dev.tenantry.testkit.api;

import org.jspecify.annotations.NullMarked;
