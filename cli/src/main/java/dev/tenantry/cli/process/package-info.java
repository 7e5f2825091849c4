/** Child processes that end with this one, in the order they need. */
@NullMarked
package dev.tenantry.cli.process;

import org.jspecify.annotations.NullMarked;
