package dev.tenantry.kubernetes.kustomize;

import static dev.tenantry.kubernetes.YamlManifest.fields;
import static dev.tenantry.kubernetes.YamlManifest.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;

/** A small spec, to which a test adds the fields that it is about. */
final class SpecExample {

    private static final Manifest OBJECT = yaml("""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: web}
            spec:
              interval: 10m
              prune: true
              sourceRef: {kind: GitRepository, name: apps}
            """);

    private SpecExample() {}

    static KustomizationSpec with(String fields) {
        return OBJECT.with(json -> {
            if (!fields.isEmpty()) {
                ((ObjectNode) json.get("spec")).setAll(fields(fields));
            }
            return json;
        }).as(Kustomization.class).getSpec();
    }
}
