package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;

class RightsIT {

    private static final String SYSTEM = "tenantry-system";
    private static final String PLATFORM = "tenantry-platform";
    private static final String FLUX = "flux-system";
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");
    private static final List<String> WORKLOADS = List.of("pods", "pods/exec", "deployments.apps", "statefulsets.apps",
            "daemonsets.apps", "jobs.batch", "cronjobs.batch", "services", "configmaps", "secrets", "serviceaccounts",
            "serviceaccounts/token", "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io", "namespaces",
            "nodes", "customresourcedefinitions.apiextensions.k8s.io");

    private static ControlPlane cluster;
    private static String served;
    private static String other;
    private static Rights reconciler;
    private static Rights gitWatcher;

    @BeforeAll
    static void install() throws Exception {
        cluster = ControlPlane.start();
        ObjectApi api = ObjectApi.of(cluster.client());
        served = cluster.newNamespace();
        other = cluster.newNamespace();
        cluster.client()
                .resource(new NamespaceBuilder().withNewMetadata().withName(FLUX).endMetadata().build())
                .create();
        Overlay.of("overlays/services").apply(api);
        Overlay.of("flux-system").apply(api);
        Overlay.of("tenant-namespace", served).apply(api);
        reconciler = new Rights(cluster.client(), SYSTEM, "reconciler");
        gitWatcher = new Rights(cluster.client(), SYSTEM, "git-watcher");
        // The server's caches see the last of these when all that came before them is there too.
        await().until(() -> gitWatcher.may("get", "secrets", served));
        await().until(() -> reconciler.may("watch", "widgets.example.org", Rights.ALL));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
            "get, kustomizations.kustomize.toolkit.fluxcd.io", "list, kustomizations.kustomize.toolkit.fluxcd.io",
            "watch, kustomizations.kustomize.toolkit.fluxcd.io", "patch, kustomizations.kustomize.toolkit.fluxcd.io",
            "patch, kustomizations.kustomize.toolkit.fluxcd.io/status",
            "list, inventoryparts.tenantry.dev", "create, inventoryparts.tenantry.dev",
            "patch, inventoryparts.tenantry.dev", "delete, inventoryparts.tenantry.dev",
            "get, gitrepositories.source.toolkit.fluxcd.io", "watch, gitrepositories.source.toolkit.fluxcd.io",
            "watch, namespaces", "create, events", "patch, events", "create, tokenreviews.authentication.k8s.io",
            "create, subjectaccessreviews.authorization.k8s.io", "list, secrets", "watch, secrets", "watch, configmaps",
            "list, deployments.apps", "watch, widgets.example.org"})
    void reconcilerMayInTheWholeCluster(String verb, String resource) {
        assertThat(reconciler.may(verb, resource, Rights.ALL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "get, gitrepositories.source.toolkit.fluxcd.io", "watch, gitrepositories.source.toolkit.fluxcd.io",
            "patch, gitrepositories.source.toolkit.fluxcd.io",
            "patch, gitrepositories.source.toolkit.fluxcd.io/status",
            "list, receivers.notification.toolkit.fluxcd.io", "watch, receivers.notification.toolkit.fluxcd.io",
            "patch, receivers.notification.toolkit.fluxcd.io/status",
            "patch, kustomizations.kustomize.toolkit.fluxcd.io", "list, helmreleases.helm.toolkit.fluxcd.io",
            "create, events", "patch, events", "create, tokenreviews.authentication.k8s.io",
            "create, subjectaccessreviews.authorization.k8s.io"})
    void gitWatcherMayInTheWholeCluster(String verb, String resource) {
        assertThat(gitWatcher.may(verb, resource, Rights.ALL)).isTrue();
    }

    @Test
    void eachServiceHoldsItsOwnLeaseAndNoOther() {
        for (String verb : List.of("get", "update")) {
            assertThat(reconciler.may(verb, "leases.coordination.k8s.io", SYSTEM, "reconciler")).isTrue();
            assertThat(reconciler.may(verb, "leases.coordination.k8s.io", SYSTEM, "git-watcher"))
                    .as(verb)
                    .isFalse();
            assertThat(gitWatcher.may(verb, "leases.coordination.k8s.io", SYSTEM, "git-watcher")).isTrue();
            assertThat(gitWatcher.may(verb, "leases.coordination.k8s.io", SYSTEM, "reconciler")).as(verb).isFalse();
        }
        assertThat(reconciler.may("update", "leases.coordination.k8s.io", "kube-system", "reconciler")).isFalse();
    }

    @Test
    void reconcilerActsAsServiceAccountsOfServedNamespacesOnly() {
        assertThat(reconciler.may("impersonate", "serviceaccounts", served, "default")).isTrue();
        assertThat(reconciler.may("impersonate", "serviceaccounts", served, "deployer")).isTrue();
        assertThat(reconciler.may("impersonate", "serviceaccounts", FLUX, "default")).isTrue();

        assertThat(reconciler.may("impersonate", "serviceaccounts", other, "default")).isFalse();
        assertThat(reconciler.may("impersonate", "serviceaccounts", "kube-system", "default")).isFalse();
        assertThat(reconciler.may("impersonate", "serviceaccounts", Rights.ALL)).isFalse();
    }

    @Test
    void reconcilerActsInItsOwnNamespaceAsThePlatformAccountOnly() {
        assertThat(reconciler.may("impersonate", "serviceaccounts", SYSTEM, PLATFORM)).isTrue();
        for (String account : List.of("git-watcher", "reconciler", "default")) {
            assertThat(reconciler.may("impersonate", "serviceaccounts", SYSTEM, account)).as(account).isFalse();
        }
        assertThat(reconciler.may("impersonate", "serviceaccounts", SYSTEM)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "groups", "uids.authentication.k8s.io", "userextras.authentication.k8s.io"})
    void nobodyActsAsUsersOrGroups(String resource) {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, FLUX, other)) {
            for (Rights rights : List.of(reconciler, gitWatcher)) {
                assertThat(rights.may("impersonate", resource, namespace)).as("%s", rights).isFalse();
                assertThat(rights.may("impersonate", resource, namespace, "system:masters")).isFalse();
            }
        }
    }

    @Test
    void gitWatcherActsAsNobody() {
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, FLUX, other)) {
            assertThat(gitWatcher.may("impersonate", "serviceaccounts", namespace, "default")).isFalse();
            assertThat(gitWatcher.may("impersonate", "serviceaccounts", namespace, PLATFORM)).isFalse();
        }
    }

    @Test
    void servicesWriteNoWorkloadsAndNoRightsInTheirOwnName() {
        for (String namespace : List.of(Rights.ALL, served, FLUX, other, "kube-system")) {
            for (String resource : WORKLOADS) {
                for (String verb : WRITES) {
                    assertThat(reconciler.may(verb, resource, namespace)).as("%s %s", verb, resource).isFalse();
                    assertThat(gitWatcher.may(verb, resource, namespace)).as("%s %s", verb, resource).isFalse();
                }
            }
        }
    }

    @Test
    void servicesWriteInTheirOwnNamespaceNothingButTheKeyOfTheReconciler() {
        for (String resource : WORKLOADS) {
            for (String verb : WRITES) {
                boolean key = resource.equals("secrets") && verb.equals("create");
                assertThat(reconciler.may(verb, resource, SYSTEM)).as("%s %s", verb, resource).isEqualTo(key);
                assertThat(gitWatcher.may(verb, resource, SYSTEM)).as("%s %s", verb, resource).isFalse();
            }
        }
    }

    @Test
    void noServiceGivesItselfRights() {
        for (Rights rights : List.of(reconciler, gitWatcher)) {
            for (String namespace : List.of(Rights.ALL, SYSTEM, served)) {
                for (String verb : List.of("bind", "escalate")) {
                    assertThat(rights.may(verb, "roles.rbac.authorization.k8s.io", namespace)).isFalse();
                    assertThat(rights.may(verb, "clusterroles.rbac.authorization.k8s.io", namespace)).isFalse();
                }
            }
        }
    }

    @Test
    void gitWatcherReadsSecretsOfServedNamespacesOneByOneAndNoOthers() {
        for (String namespace : List.of(SYSTEM, served, FLUX)) {
            assertThat(gitWatcher.may("get", "secrets", namespace)).isTrue();
        }
        for (String namespace : List.of(Rights.ALL, other, "kube-system", "default")) {
            assertThat(gitWatcher.may("get", "secrets", namespace)).as(namespace).isFalse();
        }
        for (String namespace : List.of(Rights.ALL, SYSTEM, served, FLUX, other)) {
            assertThat(gitWatcher.may("list", "secrets", namespace)).as(namespace).isFalse();
            assertThat(gitWatcher.may("watch", "secrets", namespace)).as(namespace).isFalse();
            assertThat(gitWatcher.may("get", "configmaps", namespace)).as(namespace).isFalse();
        }
    }

    @Test
    void onlyThePlatformAccountIsClusterAdmin() throws Exception {
        assertThat(cluster.client().serviceAccounts().inNamespace(SYSTEM).list().getItems())
                .extracting(account -> account.getMetadata().getName())
                .filteredOn(name -> new Rights(cluster.client(), SYSTEM, name).may("*", "*.*", Rights.ALL))
                .containsExactly(PLATFORM);
        for (String overlay : List.of("overlays/standalone", "overlays/services")) {
            assertThat(Overlay.of(overlay).ofKind("ClusterRoleBinding", "RoleBinding"))
                    .filteredOn(binding -> binding.at("roleRef", "name").asText().equals("cluster-admin"))
                    .flatExtracting(binding -> binding.at("subjects").findValuesAsText("name"))
                    .containsExactly(PLATFORM);
        }
    }

    @Test
    void standaloneHasTheRightsOfAllServicesAndNoMore() throws Exception {
        // Given
        Overlay services = Overlay.of("overlays/services");

        // When
        Overlay standalone = Overlay.of("overlays/standalone");

        // Then
        assertThat(roles(standalone)).containsExactlyInAnyOrderElementsOf(roles(services).toList());
        assertThat(bound(standalone)).containsExactlyInAnyOrderElementsOf(bound(services).toList());
        assertThat(standalone.ofKind("ClusterRoleBinding", "RoleBinding"))
                .filteredOn(binding -> !binding.name().equals(PLATFORM))
                .filteredOn(binding -> binding.at("subjects").findValuesAsText("kind").contains("ServiceAccount"))
                .flatExtracting(binding -> binding.at("subjects").findValuesAsText("name"))
                .containsOnly("standalone");
    }

    @Test
    void actingAsAnAccountGivesThatAccountsRightsAndNoOthers() {
        // Given
        try (ObjectApi api = ObjectApi.connect(new Account(SYSTEM, "reconciler").config(cluster))) {
            // When, Then
            assertThat(api.as(SYSTEM, PLATFORM).get(CONFIG_MAPS.at(other, "any")).toCompletableFuture().join())
                    .isEmpty();
            assertThatThrownBy(
                    () -> api.as(served, "default").get(CONFIG_MAPS.at(served, "any")).toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("User \"system:serviceaccount:%s:default\" cannot get", served);
            assertThatThrownBy(
                    () -> api.as(other, "default").get(CONFIG_MAPS.at(other, "any")).toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining(
                            "User \"system:serviceaccount:tenantry-system:reconciler\" cannot impersonate");
        }
    }

    private static Stream<Manifest> roles(Overlay overlay) {
        return overlay.ofKind("ClusterRole", "Role");
    }

    private static Stream<JsonNode> bound(Overlay overlay) {
        return overlay.ofKind("ClusterRoleBinding", "RoleBinding").map(binding -> binding.at("roleRef"));
    }
}
