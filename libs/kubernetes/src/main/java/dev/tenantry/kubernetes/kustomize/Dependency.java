package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.NamespacedName;
import io.fabric8.generator.annotation.Required;

/** Name a Kustomization that must be ready first. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Dependency(
        @Required
        @JsonPropertyDescription("Name of the Kustomization.") String name,

        @JsonPropertyDescription("Namespace of the Kustomization; this object's own when empty.")
        @Nullable String namespace,

        @JsonPropertyDescription("CEL expression over 'dep' and 'self' that tells whether it is ready, in "
                + "place of its Ready condition.")
        @Nullable String readyExpr) {

    public Dependency {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a dependency is empty");
        }
    }

    /** Give the name of the Kustomization, for a dependency that was written in this namespace. */
    public NamespacedName from(String ownNamespace) {
        return new NamespacedName(namespace == null || namespace.isEmpty() ? ownNamespace : namespace, name);
    }
}
