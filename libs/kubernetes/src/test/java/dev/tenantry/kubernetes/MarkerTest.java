package dev.tenantry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class MarkerTest {

    private static final String KEY = "kustomize.toolkit.fluxcd.io/prune";
    private final Manifest object = Manifest
            .of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("web", "front")));

    @Test
    void countsAsLabelAndAsAnnotation() {
        assertThat(Marker.PRUNE_DISABLED.isOn(object.withLabels(Map.of(KEY, "disabled")))).isTrue();
        assertThat(Marker.PRUNE_DISABLED.isOn(object.withAnnotations(Map.of(KEY, "disabled")))).isTrue();
        assertThat(Marker.PRUNE_DISABLED.isOn(
                object.withLabels(Map.of(KEY, "enabled")).withAnnotations(Map.of(KEY, "disabled")))).isTrue();
    }

    @Test
    void caseOfTheValueDoesNotCount() {
        assertThat(Marker.PRUNE_DISABLED.isOn(object.withAnnotations(Map.of(KEY, "Disabled")))).isTrue();
        assertThat(Marker.SSA_IF_NOT_PRESENT.isOn(
                object.withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/ssa", "ifnotpresent")))).isTrue();
    }

    @Test
    void otherValuesAndOtherObjectsAreNotMarked() {
        assertThat(Marker.PRUNE_DISABLED.isOn(object)).isFalse();
        assertThat(Marker.PRUNE_DISABLED.isOn(object.withAnnotations(Map.of(KEY, "true")))).isFalse();
    }
}
