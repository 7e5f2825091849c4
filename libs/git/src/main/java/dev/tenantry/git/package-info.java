/** Git as the content store: revisions, fetches, snapshots and the protocol between services, with JGit kept behind. */
@NullMarked
package dev.tenantry.git;

import org.jspecify.annotations.NullMarked;
