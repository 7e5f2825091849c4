package dev.tenantry.gitwatcher.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;

/** A source as REST shows it. */
public record SourceView(String namespace, String name, String url, boolean suspended, String ready,
        @Nullable String reason, @Nullable String message, @Nullable String revision, @Nullable String digest,
        @Nullable Instant lastUpdate, @Nullable Instant since) {

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
