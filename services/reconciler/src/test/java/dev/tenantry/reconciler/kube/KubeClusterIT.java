package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.Action;
import dev.tenantry.reconciler.apply.Applier;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.plan.Planner;
import dev.tenantry.reconciler.prune.ObjectRemover;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

class KubeClusterIT {

    private final Team team = new Team();
    private final LiveObjects live = new LiveObjects(team.api, (owner, ref, now) -> {});
    private final KubeCluster cluster = new KubeCluster(team.api, new Discovery(team.api), live);

    private static final ClusterView NOTHING_KNOWN = new ClusterView() {

        @Override
        public Optional<LiveObject> live(ObjectRef ref) {
            return Optional.empty();
        }

        @Override
        public Optional<Applied> applied(ObjectRef ref) {
            return Optional.empty();
        }

        @Override
        public boolean isAlive(NamespacedName kustomization) {
            return false;
        }
    };

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void anInstallCostsOneRequestForEachObject() {
        try (ApiProxy proxy = ApiProxy.before(ControlPlane.shared().kubeconfig());
                ObjectApi counted = ObjectApi.connect(proxy.config())) {
            // Given
            var discovery = new Discovery(counted);
            answer(discovery.all());
            var counting = new KubeCluster(counted, discovery, live);
            var objects = IntStream.range(0, 20).mapToObj(i -> team.configMap("new-" + i, "1")).toList();
            var plan = new Planner(team.target, new Fingerprint(new byte[32])).plan(objects, Inventory.EMPTY,
                    NOTHING_KNOWN, false);
            proxy.forget();

            // When
            var result = new Applier(4, Duration.ofSeconds(1)).apply(team.target, plan,
                    counting.writer(team.account), NOTHING_KNOWN);

            // Then
            assertThat(result.written()).hasSize(20)
                    .allSatisfy(each -> assertThat(each.action()).isEqualTo(Action.CREATED));
            assertThat(proxy.calls()).hasSize(20);
        }
    }

    @Test
    void whatIsOfAKindThatCannotBeFollowedIsReadBeforeItIsPlanned() {
        try (ApiProxy proxy = ApiProxy.before(ControlPlane.shared().kubeconfig());
                ObjectApi restricted = ObjectApi.connect(proxy.config());
                LiveObjects unlisted = new LiveObjects(restricted, (owner, ref, now) -> {})) {
            // Given
            proxy.when(Calls.to("list", "configmaps")).answer(403);
            var blind = new KubeCluster(restricted, new Discovery(restricted), unlisted);
            var writeOnly = team.account("writer", "configmaps", "create", "patch");
            var object = team.configMap("web", "1").withLabels(OwnerLabels.of(team.target));
            var inventory = Inventory.ofObjects(List.of(object));
            answer(blind.writer(team.account).create(object));
            team.client.configMaps()
                    .inNamespace(team.namespace)
                    .withName("web")
                    .edit(web -> web.edit()
                            .editMetadata()
                            .addToAnnotations("kustomize.toolkit.fluxcd.io/reconcile", "disabled")
                            .endMetadata()
                            .build());

            // When
            blind.follow(inventory);
            var unread = blind.look(team.account, inventory, inventory);
            var forbidden = blind.look(writeOnly, inventory, inventory);

            // Then
            assertThat(unread).isEmpty();
            assertThat(blind.live(object.ref())).hasValueSatisfying(
                    found -> assertThat(found.reconcileDisabled()).isTrue());
            assertThat(forbidden).containsOnlyKeys(object.ref());
            assertThat(forbidden.get(object.ref()).transitory()).isFalse();
        }
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
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
    }
}
