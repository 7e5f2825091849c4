package dev.tenantry.gitwatcher.http;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.FetchEntity;

/** A look at a source that found something new or failed, as REST shows it. */
@Schema(name = "Fetch", description = "A look at a source that found something new or failed")
public record FetchView(
        @Schema(description = "Why it was looked at: interval, retry, spec, annotation, request, webhook or resync") String cause,
        @Schema(description = "Succeeded, or the reason of the Ready condition") String result,
        @Schema(description = "What was wrong")
        @Nullable String message,
        @Schema(description = "The revision that was found")
        @Nullable String revision,
        @Schema(description = "How long the git server and the packing took, in milliseconds") long millis,
        Instant endedAt) {

    static FetchView of(FetchEntity entity) {
        return new FetchView(
                entity.cause, entity.result, entity.message, entity.revision, entity.millis, entity.endedAt);
    }
}
