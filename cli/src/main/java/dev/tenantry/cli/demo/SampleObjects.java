package dev.tenantry.cli.demo;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The objects that let Tenantry follow the sample repository. */
final class SampleObjects {

    static final String NAMESPACE = "flux-system";
    static final String SOURCE = "shop";
    static final String RECEIVER = "shop";
    static final List<String> TARGETS = List.of("infrastructure", "shop-development", "shop-production");

    private static final String YAML = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: shop, namespace: flux-system}
            spec:
              url: %s
              interval: 1h
              ref: {branch: main}
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: infrastructure, namespace: flux-system}
            spec:
              sourceRef: {kind: GitRepository, name: shop}
              path: ./infrastructure
              interval: 1h
              prune: true
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: shop-development, namespace: flux-system}
            spec:
              sourceRef: {kind: GitRepository, name: shop}
              path: ./apps/shop/development
              dependsOn: [{name: infrastructure}]
              interval: 1h
              prune: true
              postBuild: {substitute: {environment: development}}
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: shop-production, namespace: flux-system}
            spec:
              sourceRef: {kind: GitRepository, name: shop}
              path: ./apps/shop/production
              dependsOn: [{name: infrastructure}]
              interval: 1h
              prune: true
              wait: true
              postBuild: {substitute: {environment: production}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: shop-webhook, namespace: flux-system}
            stringData: {token: %s}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: shop, namespace: flux-system}
            spec:
              type: generic
              secretRef: {name: shop-webhook}
              resources: [{kind: GitRepository, name: shop}]
            """;

    private SampleObjects() {}

    static void apply(KubernetesClient client, URI repository, String token) {
        var options = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("tenantry-demo")
                .withForce(true)
                .build();
        var yaml = YAML.formatted(repository, token).getBytes(StandardCharsets.UTF_8);
        client.load(new ByteArrayInputStream(yaml))
                .items()
                .forEach(object -> client.resource(object).patch(options, object));
    }
}
