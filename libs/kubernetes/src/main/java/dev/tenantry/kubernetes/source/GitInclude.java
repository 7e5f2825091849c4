package dev.tenantry.kubernetes.source;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.LocalObjectReference;
import io.fabric8.generator.annotation.Required;

/** Copy the content of another GitRepository into this one. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GitInclude(
        @Required
        @JsonPropertyDescription("The GitRepository whose content is copied.") LocalObjectReference repository,

        @JsonPropertyDescription("Path to copy from; the whole content when empty.")
        @Nullable String fromPath,

        @JsonPropertyDescription("Path to copy to; the name of the other repository when empty.")
        @Nullable String toPath) {}
