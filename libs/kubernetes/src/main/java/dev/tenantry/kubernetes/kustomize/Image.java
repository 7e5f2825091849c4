package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Replace an image. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Image(
        @Required
        @JsonPropertyDescription("Name of the image to replace, without a tag.") String name,

        @JsonPropertyDescription("Name to put in its place.")
        @Nullable String newName,

        @JsonPropertyDescription("Tag to put in its place.")
        @Nullable String newTag,

        @JsonPropertyDescription("Digest to put in place of the tag; wins over newTag.")
        @Nullable String digest) {}
