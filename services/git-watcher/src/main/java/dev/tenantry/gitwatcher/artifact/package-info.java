/** Describe the archive of a revision, and hand it out under a URL that cannot be guessed. */
@NullMarked
package dev.tenantry.gitwatcher.artifact;

import org.jspecify.annotations.NullMarked;
