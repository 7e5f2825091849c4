/** Reach a source's remote: what to fetch, by whose credentials, and where a connection may go. */
@NullMarked
package dev.tenantry.gitwatcher.repository;

import org.jspecify.annotations.NullMarked;
