package dev.tenantry.kubernetes.notification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Name a CEL expression. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OidcVariable(
        @Required
        @JsonPropertyDescription("Name of the variable.") String name,

        @Required
        @JsonPropertyDescription("The expression.") String expression) {}
