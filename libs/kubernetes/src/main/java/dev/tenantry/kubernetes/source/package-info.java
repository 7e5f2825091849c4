/** The kinds of source.toolkit.fluxcd.io: where content comes from. */
@NullMarked
package dev.tenantry.kubernetes.source;

import org.jspecify.annotations.NullMarked;
