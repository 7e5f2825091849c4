package dev.tenantry.kubernetes.kustomize;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** Leave fields to others. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IgnoreRule(
        @Required
        @JsonPropertyDescription("JSON pointers (RFC 6901) of the fields.") List<String> paths,

        @JsonPropertyDescription("The objects that the rule is for; all when empty.")
        @Nullable Selector target) {

    public IgnoreRule {
        paths = paths == null ? List.of() : List.copyOf(paths);
    }
}
