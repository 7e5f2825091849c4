/** Watch git: fetch what GitRepository objects name, store it, say so in their status, and publish each new revision. */
@NullMarked
package dev.tenantry.gitwatcher;

import org.jspecify.annotations.NullMarked;
