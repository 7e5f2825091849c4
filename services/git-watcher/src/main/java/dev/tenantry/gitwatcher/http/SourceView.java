package dev.tenantry.gitwatcher.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;

/** A source as REST shows it. */
@Schema(name = "Source", description = "A GitRepository and how it is")
public record SourceView(
        String namespace,
        String name,
        @Schema(description = "The address of the repository, without credentials") String url,
        @Schema(description = "Whether it is left alone until somebody resumes it") boolean suspended,
        @Schema(description = "The status of its Ready condition: True, False or Unknown") String ready,
        @Schema(description = "The reason of its Ready condition", examples = "Succeeded")
        @Nullable String reason,
        @Nullable String message,
        @Schema(description = "The revision that was last fetched", examples = "main@sha1:6db88c7a7e3f8b3f0a5c6d0e3b1c9a4d2f1e0b9a")
        @Nullable String revision,
        @Schema(description = "The digest of its archive", examples = "sha256:…")
        @Nullable String digest,
        @Schema(description = "When that revision was fetched") @Nullable Instant lastUpdate,
        @Schema(description = "Since when it is ready, or is not") @Nullable Instant since) {

    static SourceView of(Source source) {
        Condition ready = new Conditions(source.status().conditions()).find(ConditionType.READY).orElse(null);
        Artifact artifact = source.status().artifact();
        return new SourceView(
                source.name().namespace(),
                source.name().name(),
                withoutUser(source.spec().url()),
                source.spec().suspend(),
                ready == null ? "Unknown" : switch (ready.status()) {
                    case TRUE -> "True";
                    case FALSE -> "False";
                    case UNKNOWN -> "Unknown";
                },
                ready == null ? null : ready.reason(),
                ready == null ? null : ready.message(),
                artifact == null ? null : artifact.revision(),
                artifact == null ? null : artifact.digest(),
                artifact == null ? null : artifact.lastUpdateTime(),
                ready == null ? null : ready.lastTransitionTime());
    }

    /** Some write credentials into the URL, which makes the source Stalled; they are not to be shown. */
    private static String withoutUser(String url) {
        try {
            URI uri = new URI(url);
            return uri.getRawUserInfo() == null ? url : url.replace(uri.getRawUserInfo() + "@", "***@");
        } catch (URISyntaxException e) {
            return "(not a URL)";
        }
    }
}
