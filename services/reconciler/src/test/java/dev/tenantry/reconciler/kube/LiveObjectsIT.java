package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;

class LiveObjectsIT {

    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");

    private final Team team = new Team();
    private final ApiProxy proxy = ApiProxy.before(ControlPlane.shared().kubeconfig());
    private final ObjectApi watched = ObjectApi.connect(proxy.config());
    private final List<ObjectRef> gone = new CopyOnWriteArrayList<>();
    private final LiveObjects live = new LiveObjects(watched, (owner, ref, now) -> {
        if (now == null) {
            gone.add(ref);
        }
    });
    private final AccountObjects objects = new AccountObjects(team.account, team.api, new Discovery(team.api), live);

    @AfterEach
    void close() {
        live.close();
        watched.close();
        proxy.close();
    }

    @Test
    void anObjectThatWasMadeAndDeletedWhileItsWatchWasCutIsNotTakenForLive() {
        // Given
        answer(live.follow(CONFIG_MAPS));
        proxy.when(Calls.watching("configmaps")).answer(500);
        proxy.cutWatches(Calls.watching("configmaps"));
        Manifest made = ours(team.configMap("made", "1"));
        answer(objects.apply(made));
        team.client.configMaps().inNamespace(team.namespace).withName("made").delete();

        // When
        proxy.heal();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(live.find(made.ref())).isEmpty());
        assertThat(gone).containsExactly(made.ref());
    }

    @Test
    void aKindThatIsServedNoMoreIsFollowedNoMoreAndItsObjectsAreGone() {
        // Given
        team.defineWidgets("Namespaced");
        Manifest widget = ours(team.widget(team.namespace, "w"));
        answer(objects.apply(widget));
        var type = answer(new Discovery(team.api).find(team.group, "v1", "Widget")).orElseThrow();
        answer(live.follow(type));
        assertThat(live.knows(type)).isTrue();

        // When
        team.undefineWidgets();

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(live.knows(type)).isFalse());
        assertThat(live.find(widget.ref())).isEmpty();
        assertThat(gone).contains(widget.ref());
    }

    @Test
    void aKindThatMayNotBeListedIsWaitedForNoLongerThanTheRefusalTakes() {
        // Given
        proxy.when(Calls.to("list", "configmaps")).answer(403);

        // When
        answer(live.follow(CONFIG_MAPS).toCompletableFuture().orTimeout(5, TimeUnit.SECONDS));

        // Then
        assertThat(live.knows(CONFIG_MAPS)).isFalse();
    }

    private Manifest ours(Manifest object) {
        return object.withLabels(OwnerLabels.of(team.target));
    }
}
