package dev.tenantry.kubernetes.notification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Choose objects to reconcile. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"kind": {"enum": [
          "Bucket", "GitRepository", "Kustomization", "HelmRelease", "HelmChart", "HelmRepository",
          "ImageRepository", "ImagePolicy", "ImageUpdateAutomation", "OCIRepository",
          "ArtifactGenerator", "ExternalArtifact"]}}}""")
public record ReceiverResource(
        @JsonPropertyDescription("Group and version of the objects.")
        @Nullable String apiVersion,

        @Required
        @JsonPropertyDescription("Kind of the objects.") String kind,

        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the object, or '*' for all.") String name,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Namespace of the objects; the receiver's own when empty. '*' with name '*' "
                + "means all namespaces.")
        @Nullable String namespace,

        @JsonPropertyDescription("Labels that the objects must have, when name is '*'.") Map<String, String> matchLabels,

        @JsonPropertyDescription("CEL expression as in resourceFilter, for these objects; both must be true.")
        @Nullable String filter) {

    public ReceiverResource {
        matchLabels = matchLabels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
    }
}
