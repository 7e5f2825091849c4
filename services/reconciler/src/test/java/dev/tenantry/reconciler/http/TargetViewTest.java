package dev.tenantry.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.Target;

class TargetViewTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void anInventoryThatCannotBeReadHidesNoTarget() throws Exception {
        // Given
        Target target = target("inventory: {entries: [{id: nonsense, v: v1}, {id: team_a__ConfigMap, v: v1}]}");

        // When
        TargetView view = TargetView.of(target, true);

        // Then
        assertThat(view.name()).isEqualTo("apps");
        assertThat(view.objects()).isEqualTo(1);
    }

    private static Target target(String status) throws JsonProcessingException {
        return new Target(new NamespacedName("team", "apps"),
                new Target.Metadata("uid", "1", 1, false, List.of(), Map.of()),
                YAML.readValue("{sourceRef: {kind: GitRepository, name: apps}, interval: 10m, prune: true}",
                        KustomizationSpec.class),
                YAML.readValue(status, KustomizationStatus.class));
    }
}
