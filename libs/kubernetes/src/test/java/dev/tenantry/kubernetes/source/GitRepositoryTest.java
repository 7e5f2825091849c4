package dev.tenantry.kubernetes.source;

import static dev.tenantry.kubernetes.YamlManifest.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.LocalObjectReference;

class GitRepositoryTest {

    @Test
    void readsWhatIsWritten() {
        // When
        GitRepositorySpec spec = spec("""
                ref: {semver: ">=1.0.0", branch: main}
                timeout: 20s
                secretRef: {name: token}
                ignore: ""
                """);

        // Then
        assertThat(spec.url()).isEqualTo("https://git.example.org/apps");
        assertThat(spec.interval().value()).isEqualTo(Duration.ofMinutes(5));
        assertThat(spec.effectiveTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(spec.ref()).isEqualTo(new GitReference("main", null, ">=1.0.0", null, null));
        assertThat(spec.secretRef()).isEqualTo(new LocalObjectReference("token"));
        assertThat(spec.ignore()).as("set, but empty").isEmpty();
        assertThat(spec.unsupportedFields()).isEmpty();
    }

    @Test
    void timeoutIsAMinuteWhenNotGiven() {
        assertThat(spec("").effectiveTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "provider: github                           | spec.provider: github",
            "serviceAccountName: builder                | spec.serviceAccountName",
            "proxySecretRef: {name: proxy}              | spec.proxySecretRef",
            "verify: {secretRef: {name: keys}}          | spec.verify",
            "recurseSubmodules: true                    | spec.recurseSubmodules",
            "include: [{repository: {name: other}}]     | spec.include",
            "sparseCheckout: [apps]                     | spec.sparseCheckout"})
    void fieldsThatAreNotImplementedAreNamed(String field, String name) {
        assertThat(spec(field).unsupportedFields()).containsExactly(name);
    }

    @Test
    void defaultsWrittenOutAreNotUnsupported() {
        assertThat(spec("""
                provider: generic
                recurseSubmodules: false
                include: []
                sparseCheckout: []
                suspend: true
                """).unsupportedFields()).isEmpty();
    }

    @Test
    void statusIsWrittenAsItWasRead() {
        // Given
        Manifest live = yaml("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: apps, namespace: web}
                spec: {url: "https://git.example.org/apps", interval: 5m0s, suspend: false, recurseSubmodules: false}
                status:
                  observedGeneration: 2
                  observedIgnore: ""
                  artifact:
                    digest: sha256:0a
                    lastUpdateTime: "2026-01-01T00:00:00Z"
                    path: gitrepository/web/apps/1.tar.gz
                    revision: main@sha1:0a
                    size: 12
                    url: http://git-watcher/1.tar.gz
                  conditions:
                  - type: Ready
                    status: "True"
                    reason: Succeeded
                    message: stored
                    observedGeneration: 2
                    lastTransitionTime: "2026-01-01T00:00:00Z"
                """);

        // When
        GitRepository repository = live.as(GitRepository.class);

        // Then
        assertThat(repository.getStatus().artifact()).isEqualTo(new Artifact(
                "sha256:0a",
                Instant.parse("2026-01-01T00:00:00Z"),
                Map.of(),
                "gitrepository/web/apps/1.tar.gz",
                "main@sha1:0a",
                12L,
                "http://git-watcher/1.tar.gz"));
        assertThat(Manifest.from(repository)).isEqualTo(live);
    }

    @Test
    void aNewObjectHasAnEmptyStatus() {
        // When
        GitRepositoryStatus status = new GitRepository().getStatus();

        // Then
        assertThat(status).isEqualTo(GitRepositoryStatus.empty());
        assertThat(status.conditions()).isEqualTo(List.of());
    }

    private static GitRepositorySpec spec(String fields) {
        return yaml("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: apps, namespace: web}
                spec:
                  url: https://git.example.org/apps
                  interval: 5m
                """ + fields.indent(2)).as(GitRepository.class).getSpec();
    }
}
