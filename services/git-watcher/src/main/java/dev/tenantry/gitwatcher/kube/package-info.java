/** Follow GitRepository and Receiver objects, and write their status, events and annotations. */
@NullMarked
package dev.tenantry.gitwatcher.kube;

import org.jspecify.annotations.NullMarked;
