package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Change objects. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Patch(
        @Required
        @JsonPropertyDescription("A strategic merge patch, or a list of JSON patch operations, as YAML or "
                + "JSON.") String patch,

        @JsonPropertyDescription("The objects to change; those that the patch names when empty.")
        @Nullable Selector target) {}
