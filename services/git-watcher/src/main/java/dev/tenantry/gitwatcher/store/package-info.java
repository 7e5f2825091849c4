/** Keep the history of revisions, fetches and deliveries in Postgres, when there is one. */
@NullMarked
package dev.tenantry.gitwatcher.store;

import org.jspecify.annotations.NullMarked;
