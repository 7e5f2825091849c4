package dev.tenantry.gitwatcher.http;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.RevisionEntity;

/** A revision that a source came to have, as REST shows it. */
public record RevisionView(String revision, @Nullable String previous, String commit, String author, String email,
        String message, Instant committedAt, Instant observedAt, List<String> changedPaths,
        boolean changedPathsTruncated) {

    static RevisionView of(RevisionEntity entity) {
        return new RevisionView(entity.revision, entity.previous, entity.commitId, entity.author, entity.email,
                entity.message, entity.committedAt, entity.observedAt, List.of(entity.changedPaths), entity.truncated);
    }
}
