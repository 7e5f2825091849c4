package dev.tenantry.gitwatcher.repository;

import dev.tenantry.git.Commit;
import dev.tenantry.git.Revision;

/** What came of asking a source's remote. */
public sealed interface Fetched {

    /**
     * The store has what the remote has.
     *
     * @param revision the revision that the spec chooses
     * @param commit its commit
     */
    record Content(Revision revision, Commit commit) implements Fetched {}

    /**
     * The spec cannot be followed; trying again is useless before it, or a setting of this service, changes.
     *
     * @param reason the reason of the conditions
     * @param message what to change, for people
     */
    record Refused(String reason, String message) implements Fetched {}

    /**
     * It did not work this time.
     *
     * @param reason the reason of the conditions
     * @param message what went wrong, for people, without any secret
     */
    record Failed(String reason, String message) implements Fetched {}
}
