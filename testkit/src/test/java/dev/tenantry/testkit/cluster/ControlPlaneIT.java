package dev.tenantry.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

class ControlPlaneIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();

    @Test
    void deploymentsBecomeAvailable() {
        // Given
        String namespace = CLUSTER.newNamespace();

        // When
        CLUSTER.client().resource(deployment(namespace, "web")).create();

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                        CLUSTER.client()
                                .apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName("web")
                                .get()
                                .getStatus()
                                .getAvailableReplicas())
                        .isEqualTo(2));
    }

    @Test
    void everyNamespaceIsNewAndHasItsServiceAccount() {
        // When
        String first = CLUSTER.newNamespace();
        String second = CLUSTER.newNamespace();

        // Then
        assertThat(first).isNotEqualTo(second);
        assertThat(CLUSTER.client().serviceAccounts().inNamespace(first).withName("default").get()).isNotNull();
    }

    @Test
    void aPersonMayDoOnlyWhatRbacGrantsTheGroups() {
        // Given
        String granted = CLUSTER.newNamespace();
        String other = CLUSTER.newNamespace();
        CLUSTER.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("viewers")
                        .withNamespace(granted)
                        .endMetadata()
                        .addNewSubject()
                        .withKind("Group")
                        .withName("team-a")
                        .withApiGroup("rbac.authorization.k8s.io")
                        .endSubject()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                        .build())
                .create();

        // When
        try (KubernetesClient person = CLUSTER.clientFor("alice", "team-a")) {

            // Then
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(person.configMaps().inNamespace(granted).list().getItems()).isNotEmpty());
            assertForbidden(() -> person.configMaps().inNamespace(other).list());
            assertForbidden(() -> person.secrets().inNamespace(granted).list());
            assertForbidden(() -> person.namespaces().withName(granted).delete());
        }
    }

    @Test
    void aPersonIsNotIssuedAnAdministratorsGroup() {
        assertThatThrownBy(() -> CLUSTER.kubeconfigFor("mallory", "system:masters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("system:masters");
    }

    @Test
    void theSharedOneOutlivesAClose() {
        // When
        ControlPlane.shared().close();

        // Then
        assertThat(CLUSTER.client().namespaces().withName("default").get()).isNotNull();
    }

    @Test
    void anExistingClusterIsUsedByImpersonation() {
        // Given
        try (ControlPlane existing = new RunningControlPlane(new ExistingServer(CLUSTER.kubeconfig()));
                KubernetesClient person = existing.clientFor("bob", "team-b")) {
            String namespace = existing.newNamespace();

            // Then
            assertForbidden(() -> person.pods().inNamespace(namespace).list());
            assertThat(existing.kubeconfigFor("bob", "team-b")).content().contains("bob", "team-b");
        }
    }

    @Test
    void aStoppedClusterGoesOnWhereItWas(@TempDir Path data) {
        // Given
        try (ControlPlane first = ControlPlane.start(data)) {
            first.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("kept")
                            .withNamespace("default")
                            .endMetadata()
                            .withData(Map.of("answer", "42"))
                            .build())
                    .create();
        }

        // When
        try (ControlPlane second = ControlPlane.start(data)) {

            // Then
            assertThat(second.client().configMaps().inNamespace("default").withName("kept").get().getData())
                    .containsEntry("answer", "42");
            assertThatThrownBy(() -> ControlPlane.start(data)).hasMessageContaining("already running");
        }
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class,
                e -> assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
    }

    private static Deployment deployment(String namespace, String name) {
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(name)
                .withImage("registry.example/web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
