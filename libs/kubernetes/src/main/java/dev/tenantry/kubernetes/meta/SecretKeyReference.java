package dev.tenantry.kubernetes.meta;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Name one entry of a Secret. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeyReference(
        @Required @JsonPropertyDescription("Name of the Secret, in this namespace.") String name,

        @JsonPropertyDescription("Key in the Secret; each field that refers to one has its own default.")
        @Nullable String key) {}
