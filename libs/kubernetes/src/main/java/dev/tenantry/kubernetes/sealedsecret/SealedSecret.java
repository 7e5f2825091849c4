package dev.tenantry.kubernetes.sealedsecret;

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

/**
 * Keep a Secret in git, encrypted for the cluster.
 *
 * <p>What the API server takes and keeps is what it does with the definition of the Bitnami controller, up to v0.36:
 * objects live on when one definition replaces the other. Annotations are in {@link SealedSecretAnnotations}.
 */
@Group(SealedSecret.GROUP)
@Version(SealedSecret.VERSION)
@Kind(SealedSecret.KIND)
@Plural("sealedsecrets")
@Singular("sealedsecret")
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.conditions[0].message")
@AdditionalPrinterColumn(name = "Synced", jsonPath = ".status.conditions[0].status")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"description": "A Secret, encrypted for this cluster, so that it may be in git.", "required": ["spec"]}""")
public class SealedSecret extends CustomResource<SealedSecretSpec, SealedSecretStatus> implements Namespaced {

    public static final String GROUP = "bitnami.com";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "SealedSecret";

    private static final long serialVersionUID = 1L;

    @Override
    protected SealedSecretSpec initSpec() {
        return null;
    }

    @Override
    protected SealedSecretStatus initStatus() {
        return SealedSecretStatus.empty();
    }
}
