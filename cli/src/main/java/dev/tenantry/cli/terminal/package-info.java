/** What the commands tell the person at the terminal. */
@NullMarked
package dev.tenantry.cli.terminal;

import org.jspecify.annotations.NullMarked;
