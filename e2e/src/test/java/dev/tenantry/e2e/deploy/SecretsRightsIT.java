package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What whoever has taken over secrets-service can do, and what whoever may call it can. */
class SecretsRightsIT {

    private static final String SYSTEM = "tenantry-system";
    private static final String SEALED_SECRETS = "sealedsecrets.bitnami.com";
    private static final List<String> READS = List.of("get", "list", "watch");
    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    private static ControlPlane cluster;
    private static String served;
    private static String other;
    private static Rights secretsService;

    @BeforeAll
    static void install() throws Exception {
        cluster = ControlPlane.start();
        ObjectApi api = ObjectApi.of(cluster.client());
        served = cluster.newNamespace();
        other = cluster.newNamespace();
        Overlay.of("overlays/services").apply(api);
        Overlay.of("tenant-namespace", served).apply(api);
        secretsService = new Rights(cluster.client(), SYSTEM, "secrets-service");
        await().until(() -> secretsService.may("get", "leases.coordination.k8s.io", SYSTEM, "secrets-service"));
        await().until(() -> secretsService.may("watch", SEALED_SECRETS, Rights.ALL));
        await().until(() -> proxied(new Rights(cluster.client(), other, "default"), "get",
                "http:sealed-secrets-controller:http"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
            "get, sealedsecrets.bitnami.com", "list, sealedsecrets.bitnami.com", "watch, sealedsecrets.bitnami.com",
            "patch, sealedsecrets.bitnami.com/status", "get, secrets", "list, secrets", "watch, secrets",
            "create, secrets", "patch, secrets", "create, events", "patch, events",
            "create, tokenreviews.authentication.k8s.io", "create, subjectaccessreviews.authorization.k8s.io"})
    void secretsServiceMayInTheWholeCluster(String verb, String resource) {
        assertThat(secretsService.may(verb, resource, Rights.ALL)).isTrue();
    }

    @Test
    void secretsAreNeverDeleted() {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, other, "kube-system")) {
            for (String verb : List.of("update", "delete", "deletecollection")) {
                assertThat(secretsService.may(verb, "secrets", namespace)).as("%s in %s", verb, namespace).isFalse();
            }
        }
    }

    @Test
    void deletingASecretByTheAccountsOwnTokenIsRefused() {
        // Given
        Secret secret = cluster.client()
                .resource(new SecretBuilder().withNewMetadata()
                        .withName("precious")
                        .withNamespace(other)
                        .endMetadata()
                        .build())
                .create();

        // When, Then
        try (KubernetesClient thief = new KubernetesClientBuilder()
                .withConfig(new Account(SYSTEM, "secrets-service").config(cluster))
                .build()) {
            assertThatThrownBy(() -> thief.resource(secret).delete()).isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("cannot delete resource \"secrets\"");
        }
        assertThat(cluster.client().resource(secret).get()).isNotNull();
    }

    @Test
    void whatSealedSecretsSayIsNotItsToWrite() {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, other)) {
            for (String verb : WRITES) {
                assertThat(secretsService.may(verb, SEALED_SECRETS, namespace)).as(verb).isFalse();
            }
            assertThat(secretsService.may("update", SEALED_SECRETS + "/finalizers", namespace)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pods", "pods/log", "pods/exec", "configmaps", "services", "serviceaccounts",
            "serviceaccounts/token", "namespaces", "nodes", "deployments.apps", "jobs.batch",
            "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io", "kustomizations.kustomize.toolkit.fluxcd.io",
            "gitrepositories.source.toolkit.fluxcd.io", "inventoryparts.tenantry.dev"})
    void nothingButSecretsAndSealedSecretsIsReadOrWritten(String resource) {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, other)) {
            for (String verb : READS) {
                assertThat(secretsService.may(verb, resource, namespace)).as("%s in %s", verb, namespace).isFalse();
            }
            for (String verb : WRITES) {
                assertThat(secretsService.may(verb, resource, namespace)).as("%s in %s", verb, namespace).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "groups", "serviceaccounts", "uids.authentication.k8s.io",
            "userextras.authentication.k8s.io"})
    void secretsServiceActsAsNobody(String resource) {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, other)) {
            assertThat(secretsService.may("impersonate", resource, namespace)).as(namespace).isFalse();
            assertThat(secretsService.may("impersonate", resource, namespace, "system:masters")).isFalse();
            assertThat(secretsService.may("impersonate", resource, namespace, "tenantry-platform")).isFalse();
        }
    }

    @Test
    void secretsServiceGivesItselfNoRights() {
        for (String verb : List.of("bind", "escalate")) {
            for (String resource : List.of("roles", "clusterroles")) {
                assertThat(secretsService.may(verb, resource + ".rbac.authorization.k8s.io", Rights.ALL)).isFalse();
                assertThat(secretsService.may(verb, resource + ".rbac.authorization.k8s.io", SYSTEM)).isFalse();
            }
        }
    }

    @Test
    void secretsServiceHoldsItsOwnLeaseAndNoOther() {
        for (String verb : List.of("get", "update")) {
            assertThat(secretsService.may(verb, "leases.coordination.k8s.io", SYSTEM, "secrets-service")).isTrue();
            for (String lease : List.of("git-watcher", "reconciler")) {
                assertThat(secretsService.may(verb, "leases.coordination.k8s.io", SYSTEM, lease)).as(lease).isFalse();
            }
        }
    }

    @Test
    void whoeverTheClusterKnowsCallsTheServiceThroughTheApiServer() {
        // Given
        Rights anybody = new Rights(cluster.client(), other, "default");

        // When, Then
        assertThat(anybody.may("get", "services", SYSTEM, "sealed-secrets-controller")).isTrue();
        for (String verb : List.of("get", "create")) {
            assertThat(proxied(anybody, verb, "sealed-secrets-controller")).isTrue();
            assertThat(proxied(anybody, verb, "http:sealed-secrets-controller:")).isTrue();
            assertThat(proxied(anybody, verb, "http:sealed-secrets-controller:http")).isTrue();
        }
    }

    @Test
    void nobodyCallsMoreThanThatThroughTheApiServer() {
        // Given
        Rights anybody = new Rights(cluster.client(), other, "default");

        // When, Then
        for (String service : List.of("git-watcher", "reconciler", "secrets-service")) {
            assertThat(proxied(anybody, "get", service)).as(service).isFalse();
            assertThat(proxied(anybody, "get", "http:" + service + ":http")).as(service).isFalse();
            assertThat(anybody.may("get", "services", SYSTEM, service)).as(service).isFalse();
        }
        for (String verb : List.of("update", "patch", "delete")) {
            assertThat(proxied(anybody, verb, "http:sealed-secrets-controller:http")).as(verb).isFalse();
        }
        assertThat(anybody.may("list", "services", SYSTEM)).isFalse();
        assertThat(anybody.may("get", "secrets", SYSTEM, "sealed-secrets-key")).isFalse();
    }

    private static boolean proxied(Rights rights, String verb, String service) {
        return rights.may(verb, "services/proxy", SYSTEM, service);
    }
}
