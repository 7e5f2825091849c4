package dev.tenantry.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class DeletedNamespaceIT {

    private final KubernetesClient client = ControlPlane.shared().client();

    @Test
    void aNamespaceGoesThoughItsKustomizationsAccountLosesItsRightsFirst() {
        // Given
        var team = new Team();
        team.deploy();
        client.rbac().roleBindings().inNamespace(team.namespace()).delete();

        // When
        client.namespaces().withName(team.namespace()).delete();

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(client.namespaces().withName(team.namespace()).get()).isNull());
    }
}
