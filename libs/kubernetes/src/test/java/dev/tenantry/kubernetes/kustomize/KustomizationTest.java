package dev.tenantry.kubernetes.kustomize;

import static dev.tenantry.kubernetes.YamlManifest.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.GoDuration;

class KustomizationTest {

    @Test
    void readsWhatIsWritten() {
        // When
        KustomizationSpec spec = spec("""
                path: ./apps
                wait: true
                targetNamespace: web
                dependsOn: [{name: infra}, {name: base, namespace: other}]
                healthChecks: [{kind: Deployment, name: front, namespace: web}]
                postBuild:
                  substitute: {zone: north, area: ""}
                  substituteFrom: [{kind: Secret, name: values, optional: true}]
                patches:
                - patch: "[]"
                  target: {kind: Deployment, labelSelector: app=front}
                images: [{name: nginx, newTag: "1.29"}]
                commonMetadata: {labels: {team: web}}
                """);

        // Then
        assertThat(spec.path()).isEqualTo("./apps");
        assertThat(spec.prune()).isTrue();
        assertThat(spec.waitForHealth()).isTrue();
        assertThat(spec.dependsOn()).extracting(dependency -> dependency.from("web"))
                .containsExactly(new NamespacedName("web", "infra"), new NamespacedName("other", "base"));
        assertThat(spec.sourceRef().from("web")).isEqualTo(new NamespacedName("web", "apps"));
        assertThat(spec.postBuild()).isEqualTo(new PostBuild(
                Map.of("zone", "north", "area", ""),
                List.of(new SubstituteReference("Secret", "values", true)),
                null));
        assertThat(spec.postBuild().substitute().keySet()).as("in the order written").containsExactly("zone", "area");
        assertThat(spec.patches().getFirst().target())
                .isEqualTo(new Selector(null, null, "Deployment", null, null, null, "app=front"));
        assertThat(spec.images()).containsExactly(new Image("nginx", null, "1.29", null));
        assertThat(spec.commonMetadata()).isEqualTo(new CommonMetadata(Map.of(), Map.of("team", "web")));
        assertThat(spec.unsupportedFields()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 9m30s, 10m", "timeout: 2m, 2m, 10m", "timeout: 5s, 30s, 10m", "retryInterval: 1m, 9m30s, 1m"})
    void timesThatAreNotGivenFollowTheInterval(String fields, String timeout, String retryInterval) {
        // When
        KustomizationSpec spec = spec(fields);

        // Then
        assertThat(spec.effectiveTimeout()).isEqualTo(duration(timeout));
        assertThat(spec.effectiveRetryInterval()).isEqualTo(duration(retryInterval));
    }

    @ParameterizedTest
    @CsvSource({"interval: 0s, 1s, 5s", "interval: 2s, 2s, 5s", "'{interval: 1h, retryInterval: 1ms}', 1h, 5s"})
    void whatIsRepeatedIsNeverWithoutAPause(String fields, String interval, String retryInterval) {
        // When
        KustomizationSpec spec = spec(fields);

        // Then
        assertThat(spec.effectiveInterval()).isEqualTo(duration(interval));
        assertThat(spec.effectiveRetryInterval()).isEqualTo(duration(retryInterval));
    }

    @Test
    void timeoutIsNeverUnderThirtySeconds() {
        assertThat(spec("interval: 10s").effectiveTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void statusIsWrittenAsItWasRead() {
        // Given
        Manifest live = yaml("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: web}
                spec:
                  interval: 10m0s
                  prune: false
                  suspend: false
                  wait: false
                  force: false
                  ignoreMissingComponents: false
                  sourceRef: {kind: GitRepository, name: apps}
                status:
                  observedGeneration: -1
                  lastAppliedRevision: main@sha1:0a
                  inventory:
                    entries:
                    - {id: web_front_apps_Deployment, v: v1}
                  history:
                  - digest: sha256:0a
                    firstReconciled: "2026-01-01T00:00:00Z"
                    lastReconciled: "2026-01-01T00:10:00Z"
                    lastReconciledDuration: 1.5s
                    lastReconciledStatus: ReconciliationSucceeded
                    totalReconciliations: 2
                    metadata: {revision: "main@sha1:0a"}
                """);

        // When
        Kustomization kustomization = live.as(Kustomization.class);

        // Then
        assertThat(kustomization.getStatus().inventory().entries()).extracting(InventoryEntry::object)
                .containsExactly(new ObjectRef("apps", "Deployment", "web", "front"));
        assertThat(Manifest.from(kustomization)).isEqualTo(live);
    }

    @Test
    void anEmptyInventoryIsStillAnInventory() {
        // Given
        Manifest live = yaml("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: web}
                status: {inventory: {entries: []}}
                """);

        // Then
        assertThat(Manifest.from(live.as(Kustomization.class)).at("status")).isEqualTo(live.at("status"));
    }

    @Test
    void entriesNameObjectsWithTheVersionTheyWereAppliedWith() {
        // Given
        ObjectRef role = new ObjectRef("rbac.authorization.k8s.io", "Role", "web", "system:reader");

        // When
        InventoryEntry entry = InventoryEntry.of(role, "v1");

        // Then
        assertThat(entry).isEqualTo(new InventoryEntry("web_system__reader_rbac.authorization.k8s.io_Role", "v1"));
        assertThat(entry.object()).isEqualTo(role);
    }

    private static Duration duration(String text) {
        return GoDuration.parse(text).value();
    }

    private static KustomizationSpec spec(String fields) {
        return SpecExample.with(fields);
    }
}
