package dev.tenantry.reconciler.plan;

import java.util.Map;
import java.util.Optional;

import dev.tenantry.kubernetes.NamespacedName;

/** The labels by which an object names the Kustomization that it belongs to, as Flux writes them. */
public final class OwnerLabels {

    public static final String NAME = "kustomize.toolkit.fluxcd.io/name";
    public static final String NAMESPACE = "kustomize.toolkit.fluxcd.io/namespace";

    private OwnerLabels() {}

    public static Map<String, String> of(NamespacedName target) {
        return Map.of(NAME, target.name(), NAMESPACE, target.namespace());
    }

    public static Optional<NamespacedName> ownerOf(Map<String, String> labels) {
        String name = labels.get(NAME);
        String namespace = labels.get(NAMESPACE);
        return name == null || name.isEmpty() || namespace == null
                ? Optional.empty()
                : Optional.of(new NamespacedName(namespace, name));
    }
}
