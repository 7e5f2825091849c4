package dev.tenantry.kubernetes.kustomize;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import dev.tenantry.kubernetes.meta.Timestamps;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/** Tell of runs that had the same content and the same end. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "firstReconciled": {"format": "date-time"},
          "lastReconciled": {"format": "date-time"},
          "totalReconciliations": {"format": "int64"}}}""")
public record HistoryEntry(
        @Required
        @JsonPropertyDescription("Digest of what was rendered.") String digest,

        @Required
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class)
        @JsonPropertyDescription("When the first of the runs ended.") Instant firstReconciled,

        @Required
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class)
        @JsonPropertyDescription("When the last of the runs ended.") Instant lastReconciled,

        @Required
        @JsonPropertyDescription("How long the last of the runs took.") GoDuration lastReconciledDuration,

        @Required
        @JsonPropertyDescription("How the runs ended, as the reason of the Ready condition.") String lastReconciledStatus,

        @Required
        @JsonPropertyDescription("How many runs there were.") long totalReconciliations,

        @JsonPropertyDescription("What else is known of the runs, such as the revision.") Map<String, String> metadata) {

    public HistoryEntry {
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
