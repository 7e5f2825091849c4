package dev.tenantry.kubernetes.kustomize;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.ObjectRef;
import io.fabric8.generator.annotation.Required;

/** Name one object of an inventory. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InventoryEntry(
        @Required
        @JsonPropertyDescription("The object, as '<namespace>_<name>_<group>_<kind>'.") String id,

        @Required
        @JsonPropertyDescription("Version of the API that the object was applied with.") String v) {

    /** Name an object that was applied with a version of its API. */
    public static InventoryEntry of(ObjectRef object, String version) {
        return new InventoryEntry(object.inventoryId(), version);
    }

    /**
     * Give the object.
     *
     * @throws IllegalArgumentException when the id is not of the inventory's format
     */
    public ObjectRef object() {
        return ObjectRef.parse(id);
    }
}
