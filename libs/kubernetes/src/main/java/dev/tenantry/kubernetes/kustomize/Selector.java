package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Choose objects; each part that is given must match. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Selector(
        @JsonPropertyDescription("API group of the objects.")
        @Nullable String group,

        @JsonPropertyDescription("API version of the objects.")
        @Nullable String version,

        @JsonPropertyDescription("Kind of the objects.")
        @Nullable String kind,

        @JsonPropertyDescription("Namespace of the objects.")
        @Nullable String namespace,

        @JsonPropertyDescription("Name of the objects.")
        @Nullable String name,

        @JsonPropertyDescription("Annotations of the objects, in the syntax of label selectors.")
        @Nullable String annotationSelector,

        @JsonPropertyDescription("Labels of the objects.")
        @Nullable String labelSelector) {}
