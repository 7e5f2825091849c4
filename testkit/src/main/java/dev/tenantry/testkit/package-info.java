/** Real servers for tests, as a product: what they have in common. */
@NullMarked
package dev.tenantry.testkit;

import org.jspecify.annotations.NullMarked;
