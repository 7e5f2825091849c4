/** Follow the objects of a kind, whole or by their metadata only, across cut connections and expired versions. */
@NullMarked
package dev.tenantry.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
