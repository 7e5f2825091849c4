package dev.tenantry.kubernetes.source;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/** Tell what was last fetched from a repository. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"observedGeneration": {"format": "int64"}}}""")
public record GitRepositoryStatus(
        @JsonPropertyDescription("Generation of the object that was last acted on.")
        @Nullable Long observedGeneration,

        @JsonPropertyDescription("The state of the repository, by aspects.") List<Condition> conditions,

        @JsonPropertyDescription("The revision that was last fetched.")
        @Nullable Artifact artifact,

        @JsonPropertyDescription("The revisions of the included repositories.") List<Artifact> includedArtifacts,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("The patterns that the artifact was made with.")
        @Nullable String observedIgnore,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription("Whether the artifact was made with submodules.") boolean observedRecurseSubmodules,

        @JsonPropertyDescription("The included repositories that the artifact was made with.") List<GitInclude> observedInclude,

        @JsonPropertyDescription("The folders that the artifact was made with.") List<String> observedSparseCheckout,

        @JsonPropertyDescription("Which objects had their signatures verified.")
        @Nullable String sourceVerificationMode,

        @JsonPropertyDescription("The last request for a reconciliation that was acted on, as its annotation "
                + "spelled it.")
        @Nullable String lastHandledReconcileAt) {

    public GitRepositoryStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        includedArtifacts = includedArtifacts == null ? List.of() : List.copyOf(includedArtifacts);
        observedInclude = observedInclude == null ? List.of() : List.copyOf(observedInclude);
        observedSparseCheckout = observedSparseCheckout == null ? List.of() : List.copyOf(observedSparseCheckout);
    }

    /** Give the status of an object that nobody has acted on yet. */
    public static GitRepositoryStatus empty() {
        return new GitRepositoryStatus(null, List.of(), null, List.of(), null, false, List.of(), List.of(), null, null);
    }
}
