/** Stories of the people who use Tenantry, told to real processes beside a real control plane. */
@NullMarked
package dev.tenantry.e2e;

import org.jspecify.annotations.NullMarked;
