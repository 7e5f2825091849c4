package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/** Name the source of the content. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"kind": {"enum": ["OCIRepository", "GitRepository", "Bucket", "ExternalArtifact"]}}}""")
public record SourceReference(
        @JsonPropertyDescription("Group and version of the source.")
        @Nullable String apiVersion,

        @Required
        @JsonPropertyDescription("Kind of the source.") String kind,

        @Required
        @JsonPropertyDescription("Name of the source.") String name,

        @JsonPropertyDescription("Namespace of the source; this object's own when empty.")
        @Nullable String namespace) {

    public SourceReference {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of the source is empty");
        }
    }

    /** Give the name of the source, for a reference that was written in this namespace. */
    public NamespacedName from(String ownNamespace) {
        return new NamespacedName(namespace == null || namespace.isEmpty() ? ownNamespace : namespace, name);
    }
}
