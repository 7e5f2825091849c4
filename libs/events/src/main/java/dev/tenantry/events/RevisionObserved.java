package dev.tenantry.events;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A source has a revision that it did not have before, and it can be fetched.
 *
 * @param source the source object
 * @param revision the revision, as Flux writes it: {@code main@sha1:<hex>}, or {@code sha1:<hex>} for a plain commit
 * @param tree the id of the commit's tree, hex
 * @param previous the revision before, or null for a source's first
 * @param servedBy the base URL of the replica that serves the revision; any other replica can fetch it again
 * @param observedAt when the revision was stored
 * @param cause what made git-watcher look
 */
public record RevisionObserved(Subject source, String revision, String tree, @Nullable String previous, URI servedBy,
        Instant observedAt, Cause cause) implements Event {

    public static final String TYPE = "dev.tenantry.revision-observed.v1";

    public RevisionObserved {
        Require.present(source, "source");
        Require.revision(revision, "revision");
        Require.objectId(tree, "tree");
        Require.revisionOrNull(previous, "previous");
        Require.present(servedBy, "servedBy");
        Require.present(observedAt, "observedAt");
        Require.present(cause, "cause");
        Require.that(servedBy.isAbsolute(), "servedBy is not an absolute URL: %s", servedBy);
        Require.that(servedBy.getUserInfo() == null, "servedBy carries credentials");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.SOURCES;
    }

    @Override
    public Subject subject() {
        return source;
    }

    @Override
    public Instant occurredAt() {
        return observedAt;
    }
}
