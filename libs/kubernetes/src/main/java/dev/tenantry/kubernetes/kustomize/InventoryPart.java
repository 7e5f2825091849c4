package dev.tenantry.kubernetes.kustomize;

import dev.tenantry.kubernetes.meta.Categories;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Hold what the status of a Kustomization cannot hold of its inventory. */
@Group(InventoryPart.GROUP)
@Version(InventoryPart.VERSION)
@Kind(InventoryPart.KIND)
@Plural("inventoryparts")
@Singular("inventorypart")
@Categories("tenantry")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Kustomization", jsonPath = ".metadata.labels['tenantry\\.dev/kustomization']")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"description": "A part of the inventory of a Kustomization that has too many objects for its status. It is \
        written by Tenantry alone, and never changed: its name stands for its content."}""")
public class InventoryPart extends CustomResource<Inventory, Void> implements Namespaced {

    public static final String GROUP = "tenantry.dev";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "InventoryPart";

    private static final long serialVersionUID = 1L;

    @Override
    protected Inventory initSpec() {
        return null;
    }
}
