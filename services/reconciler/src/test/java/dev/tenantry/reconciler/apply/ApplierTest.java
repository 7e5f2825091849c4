package dev.tenantry.reconciler.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;
import dev.tenantry.reconciler.plan.Planner;

class ApplierTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void aFailureDoesNotStopSiblingsButStopsLaterStages() {
        // Given
        var bad = object("Namespace", "bad");
        var good = object("Namespace", "good");
        var later = object("ConfigMap", "later");
        cluster.refused.add(bad.ref());

        // When
        var result = apply(bad, good, later);

        // Then
        assertThat(result.written()).extracting(ApplyResult.Result::ref).containsExactly(good.ref());
        assertThat(result.failures()).containsOnlyKeys(bad.ref());
        assertThat(result.notTried()).containsExactly(later.ref());
    }

    @Test
    void allFailuresOfAStageAreReportedTogether() {
        // Given
        var objects = List.of(object("ConfigMap", "a"), object("ConfigMap", "b"), object("ConfigMap", "c"));
        objects.forEach(object -> cluster.refused.add(object.ref()));

        // When
        var result = apply(objects.toArray(Manifest[]::new));

        // Then
        assertThat(result.failures()).hasSize(3);
    }

    @Test
    void theActionTellsCreatedConfiguredAndUnchanged() {
        // Given
        var created = object("ConfigMap", "created");
        var configured = object("ConfigMap", "configured");
        var unchanged = object("ConfigMap", "unchanged");
        cluster.versions.put(configured.ref(), "1");
        cluster.versions.put(unchanged.ref(), "1");
        cluster.same.add(unchanged.ref());

        // When
        var result = apply(created, configured, unchanged);

        // Then
        assertThat(result.written()).extracting(ApplyResult.Result::action)
                .containsExactly(Action.CREATED, Action.CONFIGURED, Action.UNCHANGED);
    }

    @Test
    void anObjectMarkedIfNotPresentIsLeftAloneWhereItExists() {
        // Given
        var marked = object("ConfigMap", "a")
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent"));
        cluster.strangers.put(marked.ref(), stranger(null, false));

        // When
        var result = apply(marked);

        // Then
        assertThat(result.written()).isEmpty();
        assertThat(result.isComplete()).isTrue();
        assertThat(cluster.applied).isEmpty();
    }

    @Test
    void anObjectMarkedIfNotPresentIsNotAppliedWhereNobodyCanTellWhetherItExists() {
        // Given
        var marked = object("ConfigMap", "a")
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent"));
        cluster.refused.add(marked.ref());

        // When
        var result = apply(marked);

        // Then
        assertThat(result.failures()).containsOnlyKeys(marked.ref());
        assertThat(cluster.applied).isEmpty();
    }

    @Test
    void anObjectThatTurnsOutToExistIsTakenOverUnlessItSaysOtherwise() {
        // Given
        var free = object("ConfigMap", "free");
        var disabled = object("ConfigMap", "disabled");
        var taken = object("ConfigMap", "taken");
        var other = new NamespacedName("team", "other");
        cluster.strangers.put(free.ref(), stranger(null, false));
        cluster.strangers.put(disabled.ref(), stranger(null, true));
        cluster.strangers.put(taken.ref(), stranger(other, false));

        // When
        var result = apply(free, disabled, taken);

        // Then
        assertThat(cluster.applied).containsExactly(free.ref());
        assertThat(result.kept()).containsExactly(disabled.ref());
        assertThat(result.taken()).containsOnlyKeys(taken.ref()).containsValue(other);
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void aDefinitionThatServesNothingStopsWhatMayNeedIt() {
        // Given
        var definition = object("CustomResourceDefinition", "widgets.example.com");
        cluster.neverEstablished = true;

        // When
        var result = apply(definition, object("Widget", "w"));

        // Then
        assertThat(result.failures().get(definition.ref()).transitory()).isTrue();
        assertThat(cluster.applied).containsExactly(definition.ref());
    }

    private ApplyResult apply(Manifest... objects) {
        var plan = new Planner(TARGET, new Fingerprint(new byte[32])).plan(List.of(objects), Inventory.EMPTY, cluster,
                false);
        return new Applier(2, Duration.ofSeconds(1)).apply(TARGET, plan, cluster, cluster);
    }

    private static LiveObject stranger(@Nullable NamespacedName owner, boolean reconcileDisabled) {
        return new LiveObject("uid", "1", owner, null, Deletion.ALLOWED, reconcileDisabled, null);
    }

    private static Manifest object(String kind, String name) {
        return Manifest.of(Manifest.skeleton("v1", kind, new NamespacedName("team", name)));
    }

    private static final class FakeCluster implements ObjectWriter, ClusterView {

        private final Set<ObjectRef> refused = new HashSet<>();
        private final Set<ObjectRef> same = new HashSet<>();
        private final Map<ObjectRef, LiveObject> strangers = new HashMap<>();
        private final Map<ObjectRef, String> versions = new HashMap<>();
        private final List<ObjectRef> applied = new ArrayList<>();
        private boolean neverEstablished;

        @Override
        public CompletionStage<WriteResult> apply(Manifest object) {
            if (refused.contains(object.ref())) {
                return CompletableFuture.completedFuture(new NotWritten("no", false));
            }
            applied.add(object.ref());
            boolean created = !versions.containsKey(object.ref());
            String version = same.contains(object.ref()) ? "1" : "2";
            // As watches do, and our own answers: what is known of the object changes with the write.
            versions.put(object.ref(), version);
            var live = object.with(json -> {
                json.withObjectProperty("metadata").put("resourceVersion", version);
                return json;
            });
            return CompletableFuture
                    .completedFuture(new Written(live, "managed", created));
        }

        @Override
        public CompletionStage<CreateResult> create(Manifest object) {
            return strangers.containsKey(object.ref())
                    ? CompletableFuture.completedFuture(new Existing(strangers.get(object.ref())))
                    : apply(object).thenApply(CreateResult.class::cast);
        }

        @Override
        public CompletionStage<Boolean> established(Manifest definition, Duration limit) {
            return CompletableFuture.completedFuture(!neverEstablished);
        }

        @Override
        public Optional<LiveObject> live(ObjectRef ref) {
            return Optional.ofNullable(versions.get(ref))
                    .map(version -> new LiveObject("uid", version, TARGET, "managed", Deletion.ALLOWED, false, null));
        }

        @Override
        public Optional<Applied> applied(ObjectRef ref) {
            return Optional.empty();
        }

        @Override
        public boolean isAlive(NamespacedName kustomization) {
            return true;
        }
    }
}
