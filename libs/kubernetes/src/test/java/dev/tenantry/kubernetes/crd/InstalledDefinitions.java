package dev.tenantry.kubernetes.crd;

import java.util.concurrent.TimeUnit;

import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The control plane of the test run, where the kinds are known. */
final class InstalledDefinitions {

    private static boolean installed;

    private InstalledDefinitions() {}

    /** Give the control plane, after the definitions are established. */
    static synchronized ControlPlane cluster() {
        ControlPlane cluster = ControlPlane.shared();
        if (!installed) {
            install(cluster.client());
            installed = true;
        }
        return cluster;
    }

    private static void install(KubernetesClient client) {
        Definitions.all()
                .stream()
                .map(definition -> definition.as(CustomResourceDefinition.class))
                .map(definition -> client.resource(definition).forceConflicts().serverSideApply())
                .forEach(definition -> client.resource(definition)
                        .waitUntilCondition(
                                Definitions::isEstablished,
                                30,
                                TimeUnit.SECONDS));
    }
}
