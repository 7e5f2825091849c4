/** What a bench runs on: a cluster, controllers, a git server and meters. */
@NullMarked
package dev.tenantry.bench.rig;

import org.jspecify.annotations.NullMarked;
