package dev.tenantry.kubernetes.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsupportedFieldsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "sourceRef: {kind: OCIRepository, name: apps}     | spec.sourceRef.kind: OCIRepository",
            "healthCheckExprs: [{apiVersion: v1, current: x}] | spec.healthCheckExprs",
            "dependsOn: [{name: a, readyExpr: x}]             | spec.dependsOn[].readyExpr",
            "kubeConfig: {secretRef: {name: other}}           | spec.kubeConfig",
            "postBuild: {substituteStrategy: Always}          | spec.postBuild.substituteStrategy: Always",
            "buildMetadata: [originAnnotations]               | spec.buildMetadata",
            "decryption: {provider: sops}                     | spec.decryption",
            "force: true                                      | spec.force",
            "ignore: [{paths: [/spec/replicas]}]              | spec.ignore"})
    void fieldsThatAreNotImplementedAreNamed(String field, String name) {
        assertThat(SpecExample.with(field).unsupportedFields()).containsExactly(name);
    }

    @Test
    void allAreNamedTogether() {
        assertThat(SpecExample.with("{force: true, decryption: {provider: sops}}").unsupportedFields())
                .containsExactly("spec.decryption", "spec.force");
    }

    @Test
    void defaultsWrittenOutAreNotUnsupported() {
        assertThat(SpecExample.with("""
                force: false
                postBuild: {substituteStrategy: WithVariables}
                dependsOn: [{name: a, readyExpr: ""}]
                ignore: []
                suspend: true
                """).unsupportedFields()).isEmpty();
    }
}
