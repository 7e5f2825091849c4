package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.prune.ObjectRemover;

class KubeClusterIT {

    private final Team team = new Team();
    private final LiveObjects live = new LiveObjects(team.api, (owner, ref, now) -> {});
    private final KubeCluster cluster = new KubeCluster(team.api, new Discovery(team.api), live);

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void anAccountIsGoneWithItsNamespaceAndOnItsOwn() {
        // Given
        var account = team.account("deployer", "configmaps", "get");
        var nobody = new Account(team.namespace, "nobody");
        team.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, namespace: %s, finalizers: [example.org/held]}
                """.formatted(team.namespace));
        assertThat(cluster.isGone(account)).isFalse();
        assertThat(cluster.isGone(nobody)).isTrue();

        // When
        team.client.namespaces().withName(team.namespace).delete();

        // Then
        await().untilAsserted(() -> assertThat(cluster.isGone(account)).isTrue());
        await().untilAsserted(() -> assertThat(answer(cluster.remover(account)
                .find(team.configMap("held", "").ref(), "v1")))
                .isInstanceOfSatisfying(ObjectRemover.Refused.class,
                        refused -> assertThat(refused.forbidden()).isTrue()));
        team.client.configMaps()
                .inNamespace(team.namespace)
                .withName("held")
                .edit(held -> held.edit().editMetadata().withFinalizers().endMetadata().build());
    }
}
