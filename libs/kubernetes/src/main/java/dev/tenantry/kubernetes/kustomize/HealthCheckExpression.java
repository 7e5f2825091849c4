package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Tell the health of a kind by CEL expressions over the object. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HealthCheckExpression(
        @Required
        @JsonPropertyDescription("Group and version of the kind; only the group is looked at.") String apiVersion,

        @JsonPropertyDescription("The kind; all kinds of the group when empty.")
        @Nullable String kind,

        @JsonPropertyDescription("True while the object is not there yet. Looked at first.")
        @Nullable String inProgress,

        @JsonPropertyDescription("True when the object has failed. Looked at second.")
        @Nullable String failed,

        @Required
        @JsonPropertyDescription("True when the object is as it should be.") String current) {}
