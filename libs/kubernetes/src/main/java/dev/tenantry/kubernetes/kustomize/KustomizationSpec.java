package dev.tenantry.kubernetes.kustomize;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.KubeConfigReference;
import dev.tenantry.kubernetes.meta.NamespacedObjectKindReference;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Say what to apply, from where and how. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "deletionPolicy": {"enum": ["MirrorPrune", "Delete", "WaitForTermination", "Orphan"]},
          "buildMetadata": {"items": {"type": "string", "enum": ["originAnnotations", "transformerAnnotations"]}}}}""")
public record KustomizationSpec(
        @Required
        @JsonPropertyDescription("The source of the content.") SourceReference sourceRef,

        @JsonPropertyDescription("Folder with the kustomization.yaml, or with the manifests to make one for; "
                + "the root of the source when empty.")
        @Nullable String path,

        @Required
        @Pattern(GoDuration.PATTERN)
        @JsonPropertyDescription("How often to compare the cluster with the source when nothing announces a "
                + "change. Runs are spread, so this is approximate.") GoDuration interval,

        @Pattern(GoDuration.PATTERN)
        @JsonPropertyDescription("How long to wait before a failed run is tried again; the interval when "
                + "empty.")
        @Nullable GoDuration retryInterval,

        @Pattern(GoDuration.PATTERN)
        @JsonPropertyDescription("How long each of these may take: a build, the health checks, the wait for "
                + "deleted objects; never the apply. 30 seconds less than the interval when empty, and never "
                + "under 30 seconds.")
        @Nullable GoDuration timeout,

        @JsonPropertyDescription("Stop applying and correcting drift. What runs already goes on.") boolean suspend,

        @Required
        @JsonPropertyDescription("Delete objects that have left the source.") boolean prune,

        @JsonPropertyDescription("What becomes of the applied objects when this Kustomization is deleted: "
                + "'MirrorPrune' (as prune says, the default), 'Delete', 'WaitForTermination' "
                + "or 'Orphan'.")
        @Nullable String deletionPolicy,

        @JsonProperty("wait")
        @JsonPropertyDescription("Wait until all applied objects are healthy; healthChecks are not looked at "
                + "then.") boolean waitForHealth,

        @JsonPropertyDescription("Objects that must be healthy.") List<NamespacedObjectKindReference> healthChecks,

        @JsonPropertyDescription("How to tell the health of kinds that do not follow the conventions.") List<HealthCheckExpression> healthCheckExprs,

        @JsonPropertyDescription("Kustomizations that must be ready first.") List<Dependency> dependsOn,

        @JsonPropertyDescription("Service account, in this namespace, that the objects are applied as.")
        @Nullable String serviceAccountName,

        @JsonPropertyDescription("The cluster to apply to; this one when empty.")
        @Nullable KubeConfigReference kubeConfig,

        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Namespace to put all objects into.")
        @Nullable String targetNamespace,

        @Size(min = 1, max = 200)
        @JsonPropertyDescription("Text to put before the name of each object.")
        @Nullable String namePrefix,

        @Size(min = 1, max = 200)
        @JsonPropertyDescription("Text to put after the name of each object.")
        @Nullable String nameSuffix,

        @JsonPropertyDescription("Labels and annotations to set on all objects, replacing those of the same "
                + "keys.")
        @Nullable CommonMetadata commonMetadata,

        @JsonPropertyDescription("Changes to the objects: strategic merge or JSON patches, with a selector of "
                + "the objects they are for.") List<Patch> patches,

        @JsonPropertyDescription("Images to replace: name, tag or digest.") List<Image> images,

        @JsonPropertyDescription("Paths of kustomize components to add, relative to path.") List<String> components,

        @JsonPropertyDescription("Leave out components whose path is not in the source, rather than fail.") boolean ignoreMissingComponents,

        @JsonPropertyDescription("What to do with the rendered text.")
        @Nullable PostBuild postBuild,

        @JsonPropertyDescription("Annotations that tell how kustomize made an object: its origin "
                + "(originAnnotations), the transformers it passed (transformerAnnotations).") List<String> buildMetadata,

        @JsonPropertyDescription("How to decrypt what is encrypted in the source.")
        @Nullable Decryption decryption,

        @Default("false")
        @JsonPropertyDescription("Delete and create an object when an immutable field of it changes.") boolean force,

        @JsonPropertyDescription("Fields that are left to others when looking for drift.") List<IgnoreRule> ignore) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHORTEST_RETRY_INTERVAL = Duration.ofSeconds(5);

    public KustomizationSpec {
        healthChecks = healthChecks == null ? List.of() : List.copyOf(healthChecks);
        healthCheckExprs = healthCheckExprs == null ? List.of() : List.copyOf(healthCheckExprs);
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
        patches = patches == null ? List.of() : List.copyOf(patches);
        images = images == null ? List.of() : List.copyOf(images);
        components = components == null ? List.of() : List.copyOf(components);
        buildMetadata = buildMetadata == null ? List.of() : List.copyOf(buildMetadata);
        ignore = ignore == null ? List.of() : List.copyOf(ignore);
    }

    /** Give the timeout, or its default of 30 seconds less than the interval; never under 30 seconds. */
    public Duration effectiveTimeout() {
        return atLeast(SHORTEST_TIMEOUT,
                timeout == null ? interval.value().minus(SHORTEST_TIMEOUT) : timeout.value());
    }

    /** Give the interval, but at least a second: a shorter one would keep a worker busy for nothing. */
    public Duration effectiveInterval() {
        return atLeast(SHORTEST_INTERVAL, interval.value());
    }

    /** Give the wait before a failed run is tried again, by default the interval; never under 5 seconds. */
    public Duration effectiveRetryInterval() {
        return atLeast(SHORTEST_RETRY_INTERVAL, retryInterval == null ? interval.value() : retryInterval.value());
    }

    private static Duration atLeast(Duration shortest, Duration wanted) {
        return wanted.compareTo(shortest) < 0 ? shortest : wanted;
    }

    /** Give what becomes of the applied objects when the Kustomization is deleted. */
    public DeletionPolicy effectiveDeletionPolicy() {
        return DeletionPolicy.of(deletionPolicy);
    }

    /** Tell whether the applied objects go when the Kustomization is deleted; never while it is suspended. */
    public boolean deletesObjects() {
        return !suspend && switch (effectiveDeletionPolicy()) {
            case MIRROR_PRUNE -> prune;
            case DELETE, WAIT_FOR_TERMINATION -> true;
            case ORPHAN -> false;
        };
    }

    /** Name the fields that are set but not implemented yet, such as {@code spec.decryption}. */
    public List<String> unsupportedFields() {
        return UnsupportedFields.of(this);
    }
}
