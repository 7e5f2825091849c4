package dev.tenantry.kubernetes.notification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Demand something of a token. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OidcValidation(
        @Required
        @JsonPropertyDescription("CEL expression that must be true.") String expression,

        @Required
        @JsonPropertyDescription("What the caller is told when it is not.") String message) {}
