package dev.tenantry.gitwatcher.http;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.RevisionEntity;

/** A revision that a source came to have, as REST shows it. */
@Schema(name = "Revision", description = "A revision that a source came to have")
public record RevisionView(
        @Schema(examples = "main@sha1:6db88c7a7e3f8b3f0a5c6d0e3b1c9a4d2f1e0b9a") String revision,
        @Schema(description = "The revision that the source had before; none for the first")
        @Nullable String previous,
        @Schema(description = "The id of the commit, in hexadecimal") String commit,
        String author,
        String email,
        @Schema(description = "The first line of the commit's message") String message,
        @Schema(description = "When it was committed, as the commit says") Instant committedAt,
        @Schema(description = "When the source had it") Instant observedAt,
        @Schema(description = "The paths that changed since the previous revision, 1000 at most") List<String> changedPaths,
        @Schema(description = "Whether there are more of them") boolean changedPathsTruncated) {

    static RevisionView of(RevisionEntity entity) {
        return new RevisionView(entity.revision, entity.previous, entity.commitId, entity.author, entity.email,
                entity.message, entity.committedAt, entity.observedAt, List.of(entity.changedPaths), entity.truncated);
    }
}
