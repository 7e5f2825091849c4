package dev.tenantry.kubernetes.meta;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** Describe one revision of a source's content, as its consumers fetch it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"lastUpdateTime": {"format": "date-time"}, "size": {"format": "int64"}}}""")
public record Artifact(
        @Required
        @JsonPropertyDescription("Digest of the file, as '<algorithm>:<hex>'.")
        @Pattern("^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$") String digest,

        @Required
        @JsonPropertyDescription("When the content last changed.")
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class) Instant lastUpdateTime,

        @JsonPropertyDescription("What the source says about the revision, such as the annotations of an OCI "
                + "manifest.") Map<String, String> metadata,

        @Required @JsonPropertyDescription("Path of the file below the address that serves it.") String path,

        @Required @JsonPropertyDescription("The revision, such as 'main@sha1:<commit>'.") String revision,

        @JsonPropertyDescription("Size of the file in bytes.") @Nullable Long size,

        @Required @JsonPropertyDescription("Where the file can be fetched inside the cluster.") String url) {

    public Artifact {
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
