package dev.tenantry.reconciler;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;

/** Make Kustomizations of the YAML of their spec. */
final class TargetFixture {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String DEFAULTS = """
            sourceRef: {kind: GitRepository, name: apps}
            interval: 10m
            prune: true
            """;

    private TargetFixture() {}

    static Target target(NamespacedName name, String spec, @Nullable Target before, int version) {
        try {
            ObjectNode merged = (ObjectNode) YAML.readTree(DEFAULTS);
            if (!spec.isBlank()) {
                merged.setAll((ObjectNode) YAML.readTree(spec));
            }
            var metadata = new Target.Metadata("uid", String.valueOf(version), version, false,
                    before == null ? List.of() : before.metadata().finalizers(), Map.of());
            return new Target(name, metadata, YAML.treeToValue(merged, KustomizationSpec.class),
                    before == null ? KustomizationStatus.empty() : before.status());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(spec, e);
        }
    }

    static Target withVersion(Target target, int version) {
        var old = target.metadata();
        return new Target(target.name(), new Target.Metadata(old.uid(), String.valueOf(version), old.generation(),
                old.deleting(), old.finalizers(), old.annotations()), target.spec(), target.status(),
                target.unreadable());
    }

    static Target withFinalizers(Target target, List<String> finalizers) {
        var old = target.metadata();
        return new Target(target.name(), new Target.Metadata(old.uid(), old.resourceVersion(), old.generation(),
                old.deleting(), finalizers, old.annotations()), target.spec(), target.status(),
                target.unreadable());
    }

    static Target annotated(Target target, Map<String, String> annotations) {
        var old = target.metadata();
        return new Target(target.name(), new Target.Metadata(old.uid(), old.resourceVersion(), old.generation(),
                old.deleting(), old.finalizers(), annotations), target.spec(), target.status(),
                target.unreadable());
    }
}
