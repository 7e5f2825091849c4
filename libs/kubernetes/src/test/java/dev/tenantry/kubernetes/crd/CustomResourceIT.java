package dev.tenantry.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.YamlManifest;
import dev.tenantry.kubernetes.kustomize.Inventory;
import dev.tenantry.kubernetes.kustomize.Kustomization;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.notification.Receiver;
import dev.tenantry.kubernetes.source.GitRepository;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;

class CustomResourceIT {

    private final ControlPlane cluster = InstalledDefinitions.cluster();
    private final KubernetesClient client = cluster.client();
    private final String namespace = cluster.newNamespace();

    @Test
    void defaultsAreThoseOfFlux() {
        // When
        GitRepository repository = create(GitRepository.class, """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: apps}
                spec: {url: "https://git.example.org/apps", interval: 5m, verify: {secretRef: {name: keys}}}
                """);
        Kustomization kustomization = create(Kustomization.class, """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps}
                spec: {interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: apps}}
                """);
        Receiver receiver = create(Receiver.class, """
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: push}
                spec: {type: generic, secretRef: {name: token}, resources: [{kind: GitRepository, name: apps}]}
                """);

        // Then
        assertThat(repository.getSpec().timeout()).isEqualTo(GoDuration.parse("60s"));
        assertThat(repository.getSpec().verify().mode()).isEqualTo("HEAD");
        assertThat(repository.getStatus().observedGeneration()).isEqualTo(-1);
        assertThat(kustomization.getSpec().force()).isFalse();
        assertThat(kustomization.getStatus().observedGeneration()).isEqualTo(-1);
        assertThat(receiver.getSpec().interval()).isEqualTo(GoDuration.parse("10m"));
        assertThat(receiver.getStatus().observedGeneration()).isEqualTo(-1);
    }

    @Test
    void statusIsWrittenApartFromTheSpec() {
        // Given
        Kustomization kustomization = create(Kustomization.class, """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: status}
                spec: {interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: apps}}
                """);
        KustomizationStatus status = new KustomizationStatus(
                1L,
                Conditions.none()
                        .withTrue(ConditionType.READY, Reason.RECONCILIATION_SUCCEEDED, "applied", 1, Instant.EPOCH)
                        .list(),
                "main@sha1:0a",
                null,
                "main@sha1:0a",
                new Inventory(List.of()),
                List.of(),
                "now");

        // When
        kustomization.setStatus(status);
        client.resource(kustomization).updateStatus();

        // Then
        Kustomization live = client.resource(kustomization).get();
        assertThat(live.getStatus()).isEqualTo(status);
        assertThat(live.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void kubectlKnowsTheKindsByTheirShortNamesAndCategories() {
        assertThat(resource("source.toolkit.fluxcd.io/v1", "gitrepositories"))
                .returns(List.of("gitrepo"), APIResource::getShortNames)
                .returns(List.of("all", "fluxcd", "fluxcd-sources"), APIResource::getCategories);
        assertThat(resource("kustomize.toolkit.fluxcd.io/v1", "kustomizations"))
                .returns(List.of("ks"), APIResource::getShortNames)
                .returns(List.of("all", "fluxcd", "fluxcd-appliers"), APIResource::getCategories);
        assertThat(resource("notification.toolkit.fluxcd.io/v1", "receivers"))
                .returns(List.of(), APIResource::getShortNames)
                .returns(List.of("all", "fluxcd", "fluxcd-notifications"), APIResource::getCategories);
        assertThat(resource("bitnami.com/v1alpha1", "sealedsecrets"))
                .returns(List.of(), APIResource::getShortNames)
                .returns(List.of(), APIResource::getCategories);
    }

    private <T extends CustomResource<?, ?>> T create(Class<T> type, String yaml) {
        return client.resource(YamlManifest.yaml(yaml).as(type)).inNamespace(namespace).create();
    }

    private APIResource resource(String groupVersion, String plural) {
        return client.getApiResources(groupVersion)
                .getResources()
                .stream()
                .filter(resource -> resource.getName().equals(plural))
                .findFirst()
                .orElseThrow();
    }
}
