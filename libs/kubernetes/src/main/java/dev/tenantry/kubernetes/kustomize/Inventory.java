package dev.tenantry.kubernetes.kustomize;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.Required;

/** List the objects that a Kustomization has applied and still owns. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Inventory(
        @Required
        @JsonPropertyDescription("The objects.") List<InventoryEntry> entries) {

    public Inventory {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
