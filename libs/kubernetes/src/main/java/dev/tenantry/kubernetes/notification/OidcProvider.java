package dev.tenantry.kubernetes.notification;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Trust the tokens of an issuer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OidcProvider(
        @JsonProperty("issuerURL")
        @Required
        @Pattern("^https?://")
        @JsonPropertyDescription("Address of the issuer, which is also the token's claim 'iss'.") String issuerUrl,

        @JsonPropertyDescription("The token's claim 'aud'; 'notification-controller' when empty.")
        @Nullable String audience,

        @JsonPropertyDescription("Named CEL expressions over 'claims' and earlier variables, for use as "
                + "'vars.<name>'.") List<OidcVariable> variables,

        @Required
        @Size(min = 1)
        @JsonPropertyDescription("CEL expressions that must all be true. They are what limits the callers: a "
                + "public issuer signs a token for anybody.") List<OidcValidation> validations) {

    public OidcProvider {
        variables = variables == null ? List.of() : List.copyOf(variables);
        validations = validations == null ? List.of() : List.copyOf(validations);
    }
}
