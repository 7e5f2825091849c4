package dev.tenantry.bench.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds by which controllers are told what to do, in the versions that Flux and Tenantry serve. */
public enum FluxKind {

    GIT_REPOSITORY("source.toolkit.fluxcd.io", "GitRepository", "gitrepositories"), KUSTOMIZATION(
            "kustomize.toolkit.fluxcd.io", "Kustomization",
            "kustomizations"), RECEIVER("notification.toolkit.fluxcd.io", "Receiver", "receivers");

    private final ResourceDefinitionContext context;

    FluxKind(String group, String kind, String plural) {
        this.context = new ResourceDefinitionContext.Builder().withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    public MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> in(
            KubernetesClient client) {
        return client.genericKubernetesResources(context);
    }
}
