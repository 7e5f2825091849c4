package dev.tenantry.gitwatcher.http;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.FetchEntity;

/** A look at a source that found something new or failed, as REST shows it. */
public record FetchView(String cause, String result, @Nullable String message, @Nullable String revision, long millis,
        Instant endedAt) {

    static FetchView of(FetchEntity entity) {
        return new FetchView(
                entity.cause, entity.result, entity.message, entity.revision, entity.millis, entity.endedAt);
    }
}
