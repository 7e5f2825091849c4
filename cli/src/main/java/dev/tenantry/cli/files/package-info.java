/** Files that are written whole or not at all. */
@NullMarked
package dev.tenantry.cli.files;

import org.jspecify.annotations.NullMarked;
