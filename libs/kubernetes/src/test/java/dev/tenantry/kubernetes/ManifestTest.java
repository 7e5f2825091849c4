package dev.tenantry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.kustomize.Kustomization;

class ManifestTest {

    private static final Manifest DEPLOYMENT = Manifest.parse("""
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "front", "namespace": "web", "labels": {"app": "front"}},
             "spec": {"replicas": 2}}""");

    @Test
    void tellsWhoTheObjectIs() {
        assertThat(DEPLOYMENT.ref()).isEqualTo(new ObjectRef("apps", "Deployment", "web", "front"));
        assertThat(DEPLOYMENT.apiVersion()).isEqualTo("apps/v1");
        assertThat(DEPLOYMENT.version()).isEqualTo("v1");
        assertThat(DEPLOYMENT.at("spec", "replicas").intValue()).isEqualTo(2);
        assertThat(DEPLOYMENT.at("spec", "template", "spec").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}           | Pod 'a' has no apiVersion",
            "{\"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}}      | Object 'a' has no kind",
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {}}  | A Pod has no metadata.name",
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"\"}} | A Pod has no metadata.name",
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": 1}}"
                    + " | Pod '1' has a non-string metadata.name",
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\", \"namespace\": 1}}"
                    + " | Pod 'a' has a non-string metadata.namespace",
            "[]   | Not a JSON object, but of type ARRAY"})
    void whatIsNoObjectIsRefusedInWordsForItsAuthor(String json, String message) {
        assertThatThrownBy(() -> Manifest.parse(json)).isInstanceOf(InvalidManifestException.class).hasMessage(message);
    }

    @Test
    void messageAboutBrokenJsonDoesNotQuoteIt() {
        assertThatThrownBy(() -> Manifest.parse("{\"data\": \"hunter2\", oops}"))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("Not JSON, at line 1");
    }

    @Test
    void neverChanges() {
        // Given
        ObjectNode json = DEPLOYMENT.json();
        Manifest manifest = Manifest.of(json);

        // When
        json.put("kind", "DaemonSet");
        manifest.json().removeAll();
        manifest.withLabels(Map.of("app", "back"));
        manifest.withNamespace("other");

        // Then
        assertThat(manifest).isEqualTo(DEPLOYMENT);
    }

    @Test
    void copiesCarryMoreMetadata() {
        // When
        Manifest copy = DEPLOYMENT.withLabels(Map.of("app", "x", "tier", "y")).withAnnotations(Map.of("a", "b"));

        // Then
        assertThat(copy.labels()).isEqualTo(Map.of("app", "x", "tier", "y"));
        assertThat(copy.annotations()).isEqualTo(Map.of("a", "b"));
        assertThat(copy.withNamespace("").ref()).isEqualTo(new ObjectRef("apps", "Deployment", "", "front"));
    }

    @Test
    void orderOfKeysDoesNotCount() {
        assertThat(Manifest.parse("""
                {"metadata": {"namespace": "web", "labels": {"app": "front"}, "name": "front"},
                 "spec": {"replicas": 2}, "kind": "Deployment", "apiVersion": "apps/v1"}"""))
                .isEqualTo(DEPLOYMENT)
                .hasSameHashCodeAs(DEPLOYMENT);
    }

    @Test
    void classesOfNumbersDoNotCount() {
        assertThat(DEPLOYMENT.with(json -> {
            json.withObject("/spec").put("replicas", 2L);
            return json;
        })).isEqualTo(DEPLOYMENT);
        assertThat(DEPLOYMENT.with(json -> {
            json.withObject("/spec").put("replicas", "2");
            return json;
        })).isNotEqualTo(DEPLOYMENT);
    }

    @Test
    void printsWithoutContent() {
        assertThat(DEPLOYMENT).hasToString("apps/v1 Deployment/web/front");
    }

    @Test
    void aKindWithAnotherTypeInAFieldIsRefusedWithThePlace() {
        // Given
        Manifest manifest = Manifest.parse("""
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization", "metadata": {"name": "apps"},
                 "spec": {"dependsOn": [{"name": "infra"}, "infra"]}}""");

        // Then
        assertThatThrownBy(() -> manifest.as(Kustomization.class))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("Kustomization 'apps' cannot be read")
                .hasMessageContaining("spec.dependsOn[1]");
    }
}
