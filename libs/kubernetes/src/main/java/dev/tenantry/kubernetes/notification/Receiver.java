package dev.tenantry.kubernetes.notification;

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
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Accept webhooks that announce a change. */
@Group(Receiver.GROUP)
@Version(Receiver.VERSION)
@Kind(Receiver.KIND)
@Plural("receivers")
@Singular("receiver")
@Categories({"all", "fluxcd", "fluxcd-notifications"})
@Annotations("kustomize.toolkit.fluxcd.io/substitute=disabled")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"description": "An address for webhooks that announce a change.",
         "properties": {"status": {"default": {"observedGeneration": -1}}}}""")
public class Receiver extends CustomResource<ReceiverSpec, ReceiverStatus> implements Namespaced {

    public static final String GROUP = "notification.toolkit.fluxcd.io";
    public static final String VERSION = "v1";
    public static final String KIND = "Receiver";

    private static final long serialVersionUID = 1L;

    @Override
    protected ReceiverSpec initSpec() {
        return null;
    }

    @Override
    protected ReceiverStatus initStatus() {
        return ReceiverStatus.empty();
    }
}
