package dev.tenantry.reconciler.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TakeoverTest {

    @Test
    void setsOfFieldsAreUnited() {
        // Given
        var object = Team.manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: web
                  managedFields:
                    - {manager: kubectl-edit, operation: Update, fieldsV1: {"f:data": {"f:a": {}, "f:b": {"f:c": {}}}}}
                    - {manager: autoscaler, operation: Update, fieldsV1: {"f:data": {"f:z": {}}}}
                    - {manager: kubectl, operation: Update, subresource: status, fieldsV1: {"f:status": {}}}
                    - {manager: kustomize-controller, operation: Apply, fieldsV1: {"f:data": {"f:b": {}}}}
                """);

        // When
        var operations = Takeover.of(object.json()).orElseThrow();

        // Then
        assertThat(operations).hasSize(1);
        var entries = operations.at("/0/value");
        assertThat(entries).extracting(entry -> entry.path("manager").asText() + " " + entry.path("fieldsV1"))
                .containsExactly("autoscaler {\"f:data\":{\"f:z\":{}}}", "kubectl {\"f:status\":{}}",
                        "kustomize-controller {\"f:data\":{\"f:a\":{},\"f:b\":{\"f:c\":{},\".\":{}}}}");
    }

    @Test
    void whatNobodySetByKubectlNeedsNothing() {
        // Given
        var object = Team.manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: web
                  managedFields:
                    - {manager: kustomize-controller, operation: Update, fieldsV1: {"f:metadata": {}}}
                    - {manager: kustomize-controller, operation: Apply, fieldsV1: {"f:data": {}}}
                """);

        // When
        var operations = Takeover.of(object.json());

        // Then
        assertThat(operations).isEmpty();
    }
}
