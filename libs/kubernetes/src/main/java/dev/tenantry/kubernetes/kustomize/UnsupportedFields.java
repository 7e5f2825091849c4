package dev.tenantry.kubernetes.kustomize;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** List what a Kustomization asks for that is not implemented yet, so that it is refused rather than ignored. */
final class UnsupportedFields {

    private UnsupportedFields() {}

    static List<String> of(KustomizationSpec spec) {
        List<String> fields = new ArrayList<>();
        if (!spec.sourceRef().kind().equals("GitRepository")) {
            fields.add("spec.sourceRef.kind: " + spec.sourceRef().kind());
        }
        if (!spec.healthCheckExprs().isEmpty()) {
            fields.add("spec.healthCheckExprs");
        }
        if (spec.dependsOn().stream().anyMatch(dependency -> differs(dependency.readyExpr(), ""))) {
            fields.add("spec.dependsOn[].readyExpr");
        }
        if (spec.kubeConfig() != null) {
            fields.add("spec.kubeConfig");
        }
        PostBuild postBuild = spec.postBuild();
        if (postBuild != null && differs(postBuild.substituteStrategy(), "WithVariables")) {
            fields.add("spec.postBuild.substituteStrategy: " + postBuild.substituteStrategy());
        }
        if (!spec.buildMetadata().isEmpty()) {
            fields.add("spec.buildMetadata");
        }
        if (spec.decryption() != null) {
            fields.add("spec.decryption");
        }
        if (spec.force()) {
            fields.add("spec.force");
        }
        if (!spec.ignore().isEmpty()) {
            fields.add("spec.ignore");
        }
        return List.copyOf(fields);
    }

    private static boolean differs(@Nullable String value, String normal) {
        return value != null && !value.isEmpty() && !value.equals(normal);
    }
}
