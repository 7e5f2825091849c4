/** A proxy before an API server that counts what is asked, and misbehaves on demand. */
@NullMarked
package dev.tenantry.testkit.api;

import org.jspecify.annotations.NullMarked;
