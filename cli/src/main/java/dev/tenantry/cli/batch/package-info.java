/** Commands that work on many lines of a file at once, each of which comes to a file of its own. */
@NullMarked
package dev.tenantry.cli.batch;

import org.jspecify.annotations.NullMarked;
