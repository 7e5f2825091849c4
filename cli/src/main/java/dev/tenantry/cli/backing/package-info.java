/** The broker and the Postgres that separate services share, in a process of their own. */
@NullMarked
package dev.tenantry.cli.backing;

import org.jspecify.annotations.NullMarked;
