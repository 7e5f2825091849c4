/** What nobody can be faster than: a bare client that only applies. */
@NullMarked
package dev.tenantry.bench.floor;

import org.jspecify.annotations.NullMarked;
