package dev.tenantry.git;

/** Say whether a commit's content could be had from the service that watches its source. */
public sealed interface ContentResult {

    /** The commit is in the local cache. */
    record Available(Snapshot snapshot) implements ContentResult {}

    /** A server answered that the source has no such commit (any more): read the source's status again. */
    record NotFound(String message) implements ContentResult {}

    /** A server refused our token. */
    record AccessDenied(String message) implements ContentResult {}

    /** No server could be reached or answered in time; worth another try. */
    record Unavailable(String message) implements ContentResult {}
}
