package dev.tenantry.kubernetes.meta;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Name an object of a kind that the field implies, in the namespace of the object that refers to it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalObjectReference(
        @Required @JsonPropertyDescription("Name of the object, in this namespace.") String name) {}
