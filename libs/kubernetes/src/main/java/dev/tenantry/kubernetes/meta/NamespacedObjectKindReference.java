package dev.tenantry.kubernetes.meta;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Name an object of any kind, in any namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamespacedObjectKindReference(
        @JsonPropertyDescription("Group and version of the object; the server's preferred version when empty.")
        @Nullable String apiVersion,

        @Required @JsonPropertyDescription("Kind of the object.") String kind,

        @Required @JsonPropertyDescription("Name of the object.") String name,

        @JsonPropertyDescription("Namespace of the object; this object's own when empty.")
        @Nullable String namespace) {}
