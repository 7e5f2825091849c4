/** Verify a push webhook and find the objects that it is for. */
@NullMarked
package dev.tenantry.gitwatcher.webhook;

import org.jspecify.annotations.NullMarked;
