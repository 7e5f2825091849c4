package dev.tenantry.reconciler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;

class PlannerTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");
    private static final NamespacedName OTHER = new NamespacedName("team", "other");

    private final Fingerprint fingerprint = new Fingerprint(new byte[32]);
    private final Planner planner = new Planner(TARGET, fingerprint);
    private final KnownCluster cluster = new KnownCluster();

    @Test
    void anObjectThatIsNotThereIsApplied() {
        // When
        var plan = planner.plan(List.of(configMap("a", "1")), Inventory.EMPTY, cluster, false);

        // Then
        assertThat(plan.changes()).extracting(Change::reason).containsExactly(Reason.MISSING);
        assertThat(plan.desired().entries()).containsOnlyKeys(configMap("a", "1").ref());
    }

    @Test
    void anObjectThatIsAsItWasAppliedNeedsNoRequest() {
        // Given
        cluster.has(configMap("a", "1"), TARGET, "managed");
        cluster.remembers(configMap("a", "1"), "managed");

        // When
        var plan = planner.plan(List.of(configMap("a", "1")), inventoryOf("a"), cluster, false);

        // Then
        assertThat(plan.stages()).isEmpty();
        assertThat(plan.unchanged()).containsExactly(configMap("a", "1").ref());
    }

    @Test
    void withinAStageWorkloadsComeAfterWhatTheyNeedAndWebhooksLast() {
        // Given
        var kinds = List.of("ValidatingWebhookConfiguration", "Widget", "Deployment", "Secret", "ServiceAccount",
                "NetworkPolicy");
        var objects = kinds.stream()
                .map(kind -> Manifest.of(Manifest.skeleton("example.org/v1", kind, new NamespacedName("team", "a"))))
                .toList();

        // When
        var plan = planner.plan(objects, Inventory.EMPTY, cluster, false);

        // Then
        assertThat(plan.changes()).extracting(change -> change.object().kind())
                .containsExactly("ServiceAccount", "NetworkPolicy", "Secret", "Deployment", "Widget",
                        "ValidatingWebhookConfiguration");
    }

    @Test
    void theReasonSaysWhatDiffers() {
        // Given
        cluster.has(configMap("changed", "old"), TARGET, "managed");
        cluster.remembers(configMap("changed", "old"), "managed");
        cluster.has(configMap("drifted", "1"), TARGET, "somebody took a field");
        cluster.remembers(configMap("drifted", "1"), "managed");
        cluster.has(configMap("unknown", "1"), TARGET, "managed");

        // When
        var plan = planner.plan(
                List.of(configMap("changed", "new"), configMap("drifted", "1"), configMap("unknown", "1")),
                inventoryOf("changed", "drifted", "unknown"), cluster, false);

        // Then
        assertThat(plan.changes()).extracting(Change::reason)
                .containsExactly(Reason.CHANGED, Reason.DRIFTED, Reason.UNKNOWN);
    }

    @Test
    void whatLeftTheSourceIsPruned() {
        // When
        var plan = planner.plan(List.of(configMap("stays", "1")), inventoryOf("stays", "left"), cluster, false);

        // Then
        assertThat(plan.prune()).containsExactly(configMap("left", "").ref());
        assertThat(plan.desired().contains(configMap("left", "").ref())).isFalse();
    }

    @Test
    void anObjectOfAnotherLiveKustomizationIsAConflictAndNeitherAppliedNorPruned() {
        // Given
        cluster.has(configMap("a", "1"), OTHER, "managed");
        cluster.alive.add(OTHER);

        // When
        var plan = planner.plan(List.of(configMap("a", "1")), inventoryOf("a"), cluster, false);

        // Then
        assertThat(plan.conflicts()).containsEntry(configMap("a", "1").ref(), OTHER);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.prune()).isEmpty();
    }

    @Test
    void anObjectOfAKustomizationThatIsGoneIsTakenOver() {
        // Given
        cluster.has(configMap("a", "1"), OTHER, "managed");

        // When
        var plan = planner.plan(List.of(configMap("a", "1")), Inventory.EMPTY, cluster, false);

        // Then
        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void definitionsComeFirstThenClassesThenTheRest() {
        // Given
        var deployment = object("apps/v1", "Deployment", "web", Map.of());
        var ingressClass = object("networking.k8s.io/v1", "IngressClass", "nginx", Map.of());
        var namespace = object("v1", "Namespace", "web", Map.of());

        // When
        var plan = planner.plan(List.of(deployment, ingressClass, namespace), Inventory.EMPTY, cluster, false);

        // Then
        assertThat(plan.stages()).map(stage -> stage.get(0).object().kind())
                .containsExactly("Namespace", "IngressClass", "Deployment");
    }

    @Test
    void anObjectMarkedToBeLeftAloneIsSkippedAndStaysInTheInventory() {
        // Given
        var marked = object("v1", "ConfigMap", "a", Map.of("kustomize.toolkit.fluxcd.io/reconcile", "Disabled"));

        // When
        var plan = planner.plan(List.of(marked), inventoryOf("a"), cluster, false);

        // Then
        assertThat(plan.skipped()).containsExactly(marked.ref());
        assertThat(plan.stages()).isEmpty();
        assertThat(plan.desired().contains(marked.ref())).isTrue();
    }

    @Test
    void aFullRunAppliesWhatIsUnchangedToo() {
        // Given
        cluster.has(configMap("a", "1"), TARGET, "managed");
        cluster.remembers(configMap("a", "1"), "managed");

        // When
        var plan = planner.plan(List.of(configMap("a", "1")), inventoryOf("a"), cluster, true);

        // Then
        assertThat(plan.changes()).extracting(Change::reason).containsExactly(Reason.REQUESTED);
    }

    private static Inventory inventoryOf(String... names) {
        var entries = new HashMap<ObjectRef, String>();
        for (String name : names) {
            entries.put(new ObjectRef("", "ConfigMap", "team", name), "v1");
        }
        return Inventory.of(entries);
    }

    private static Manifest configMap(String name, String value) {
        return object("v1", "ConfigMap", name, Map.of()).with(json -> {
            json.putObject("data").put("key", value);
            return json;
        });
    }

    private static Manifest object(String apiVersion, String kind, String name, Map<String, String> annotations) {
        return Manifest.of(Manifest.skeleton(apiVersion, kind, new NamespacedName("team", name)))
                .withAnnotations(annotations);
    }

    private final class KnownCluster implements ClusterView {

        private final Map<ObjectRef, LiveObject> live = new HashMap<>();
        private final Map<ObjectRef, Applied> applied = new HashMap<>();
        private final Set<NamespacedName> alive = new HashSet<>();

        void has(Manifest object, NamespacedName owner, String managed) {
            live.put(object.ref(), new LiveObject("uid", "1", owner, managed, Deletion.ALLOWED, false, null));
        }

        void remembers(Manifest object, String managed) {
            applied.put(object.ref(), new Applied(fingerprint.of(object), managed));
        }

        @Override
        public Optional<LiveObject> live(ObjectRef ref) {
            return Optional.ofNullable(live.get(ref));
        }

        @Override
        public Optional<Applied> applied(ObjectRef ref) {
            return Optional.ofNullable(applied.get(ref));
        }

        @Override
        public boolean isAlive(NamespacedName kustomization) {
            return alive.contains(kustomization);
        }
    }
}
