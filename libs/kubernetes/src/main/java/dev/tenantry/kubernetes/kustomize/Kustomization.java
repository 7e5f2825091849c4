package dev.tenantry.kubernetes.kustomize;

import dev.tenantry.kubernetes.meta.Categories;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.Annotations;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Apply what a source holds. */
@Group(Kustomization.GROUP)
@Version(Kustomization.VERSION)
@Kind(Kustomization.KIND)
@Plural("kustomizations")
@Singular("kustomization")
@ShortNames("ks")
@Categories({"all", "fluxcd", "fluxcd-appliers"})
@Annotations("kustomize.toolkit.fluxcd.io/substitute=disabled")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"description": "A part of a source's content that is applied to the cluster, and kept so.",
         "properties": {"status": {"default": {"observedGeneration": -1}}}}""")
public class Kustomization extends CustomResource<KustomizationSpec, KustomizationStatus> implements Namespaced {

    public static final String GROUP = "kustomize.toolkit.fluxcd.io";
    public static final String VERSION = "v1";
    public static final String KIND = "Kustomization";

    private static final long serialVersionUID = 1L;

    @Override
    protected KustomizationSpec initSpec() {
        return null;
    }

    @Override
    protected KustomizationStatus initStatus() {
        return KustomizationStatus.empty();
    }
}
