package dev.tenantry.reconciler.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;
import dev.tenantry.reconciler.plan.OwnerLabels;

class PrunerTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");

    private final FakeCluster cluster = new FakeCluster();
    private final Pruner pruner = new Pruner(TARGET, new InFlight(4));

    @Test
    void anObjectThatIsOursIsDeleted() {
        // Given
        var ours = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));

        // When
        var result = prune(ours);

        // Then
        assertThat(result.deleted()).containsExactly(ours);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void anObjectThatAnotherKustomizationAdoptedSurvivesAndIsReleased() {
        // Given
        var adopted = cluster
                .put(object("ConfigMap", "a").withLabels(OwnerLabels.of(new NamespacedName("team", "other"))));
        var unlabelled = cluster.put(object("ConfigMap", "b"));

        // When
        var result = prune(adopted, unlabelled);

        // Then
        assertThat(result.released()).containsExactly(adopted, unlabelled);
        assertThat(cluster.objects).hasSize(2);
    }

    @Test
    void anObjectMarkedToStayStays() {
        // Given
        var marked = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET))
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/prune", "disabled")));

        // When
        var result = prune(marked);

        // Then
        assertThat(result.released()).containsExactly(marked);
        assertThat(cluster.objects).hasSize(1);
    }

    @Test
    void aRefusedDeleteLeavesASurvivorAndDoesNotStopTheOthers() {
        // Given
        var refused = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));
        var other = cluster.put(object("ConfigMap", "b").withLabels(OwnerLabels.of(TARGET)));
        cluster.refused.add(refused);

        // When
        var result = prune(refused, other);

        // Then
        assertThat(result.survivors()).containsEntry(refused, new ObjectRemover.Refused("may not", false));
        assertThat(result.deleted()).containsExactly(other);
    }

    @Test
    void anObjectThatChangesBetweenReadAndDeleteIsReadAgain() {
        // Given
        var busy = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));
        cluster.changesBeforeDelete = 2;

        // When
        var result = prune(busy);

        // Then
        assertThat(result.deleted()).containsExactly(busy);
        assertThat(cluster.reads).isEqualTo(3);
    }

    @Test
    void namespacesAndDefinitionsGoLast() {
        // Given
        var namespace = cluster.put(object("Namespace", "n").withLabels(OwnerLabels.of(TARGET)));
        var definition = cluster.put(object("CustomResourceDefinition", "d").withLabels(OwnerLabels.of(TARGET)));
        var account = cluster.put(object("ServiceAccount", "s").withLabels(OwnerLabels.of(TARGET)));
        var workload = cluster.put(object("StatefulSet", "w").withLabels(OwnerLabels.of(TARGET)));

        // When
        var result = prune(namespace, definition, account, workload);

        // Then
        assertThat(result.deleted()).containsExactly(workload, account, definition, namespace);
    }

    @Test
    void anObjectThatStaysUnderAnotherEntryOfTheInventoryIsReleased() {
        // Given
        var stays = Manifest.of(Manifest.skeleton("example.com/v1", "Mesh", new NamespacedName("", "m")))
                .withLabels(OwnerLabels.of(TARGET));
        var asItWasNamed = stays.ref().inNamespace("team");
        cluster.objects.put(asItWasNamed, stays);

        // When
        var result = pruner.prune(Stream.of(asItWasNamed), Inventory.EMPTY, Inventory.ofObjects(List.of(stays)),
                cluster);

        // Then
        assertThat(result.released()).containsExactly(asItWasNamed);
        assertThat(cluster.objects).hasSize(1);
    }

    @Test
    void anObjectThatIsGoneAlreadyIsReleased() {
        // Given
        var gone = object("ConfigMap", "gone").ref();

        // When
        var result = prune(gone);

        // Then
        assertThat(result.released()).containsExactly(gone);
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void whatWatchesKnowIsDeletedWithoutARead() {
        // Given
        var ours = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));
        cluster.known.put(ours, known(TARGET, "1", Deletion.ALLOWED));

        // When
        var result = prune(ours);

        // Then
        assertThat(result.deleted()).containsExactly(ours);
        assertThat(cluster.reads).isZero();
    }

    @Test
    void whatStaysUnderItsOwnNameIsReleasedThoughWatchesKnowItIsOurs() {
        // Given
        var mesh = Manifest.of(Manifest.skeleton("example.com/v1", "Mesh", new NamespacedName("", "m")))
                .withLabels(OwnerLabels.of(TARGET));
        cluster.put(mesh);
        cluster.known.put(mesh.ref(), known(TARGET, "1", Deletion.ALLOWED));

        // When
        var result = pruner.prune(Stream.of(mesh.ref()), Inventory.EMPTY, Inventory.ofObjects(List.of(mesh)), cluster);

        // Then
        assertThat(result.released()).containsExactly(mesh.ref());
        assertThat(cluster.objects).hasSize(1);
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void whatHasChangedSinceWatchesToldIsReadBeforeItGoes() {
        // Given
        var adopted = cluster
                .put(object("ConfigMap", "a").withLabels(OwnerLabels.of(new NamespacedName("team", "other"))));
        cluster.known.put(adopted, known(TARGET, "0", Deletion.ALLOWED));

        // When
        var result = prune(adopted);

        // Then
        assertThat(result.released()).containsExactly(adopted);
        assertThat(cluster.objects).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Deletion.class, mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
    void whatWatchesKnowOfAMarkerOrADeletionIsReadFirst(Deletion deletion) {
        // Given
        var marked = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));
        cluster.known.put(marked, known(TARGET, "1", deletion));

        // When
        prune(marked);

        // Then
        assertThat(cluster.reads).isOne();
    }

    @Test
    void deletesOfOneTurnAreUnderWayTogetherAndTheNextTurnWaitsForThem() {
        // Given
        var first = cluster.put(object("ConfigMap", "a").withLabels(OwnerLabels.of(TARGET)));
        var second = cluster.put(object("ConfigMap", "b").withLabels(OwnerLabels.of(TARGET)));
        var namespace = cluster.put(object("Namespace", "n").withLabels(OwnerLabels.of(TARGET)));
        List<ObjectRef> all = List.of(first, second, namespace);
        all.forEach(ref -> cluster.known.put(ref, known(TARGET, "1", Deletion.ALLOWED)));
        var answer = new CompletableFuture<ObjectRemover.Removal>();
        cluster.answer = answer;

        // When
        var result = CompletableFuture.supplyAsync(() -> prune(first, second, namespace));

        // Then
        await().untilAsserted(() -> assertThat(cluster.asked).containsExactly(first, second));
        answer.complete(new ObjectRemover.Deleted());
        assertThat(result.join().deleted()).containsExactlyElementsOf(all);
    }

    private static LiveObject known(NamespacedName owner, String resourceVersion, Deletion deletion) {
        return new LiveObject("uid", resourceVersion, owner, "managed", deletion, false, null);
    }

    private PruneResult prune(ObjectRef... refs) {
        return pruner.prune(Stream.of(refs), Inventory.EMPTY, Inventory.EMPTY, cluster);
    }

    private static Manifest object(String kind, String name) {
        return Manifest.of(Manifest.skeleton("v1", kind, new NamespacedName("team", name)));
    }

    private static final class FakeCluster implements ObjectRemover {

        private final Map<ObjectRef, Manifest> objects = new HashMap<>();
        private final List<ObjectRef> refused = new ArrayList<>();
        private final Map<ObjectRef, LiveObject> known = new HashMap<>();
        private final List<ObjectRef> asked = new CopyOnWriteArrayList<>();
        private CompletionStage<Removal> answer = CompletableFuture.completedFuture(new Deleted());
        private int changesBeforeDelete;
        private int reads;

        ObjectRef put(Manifest object) {
            objects.put(object.ref(), object);
            return object.ref();
        }

        @Override
        public Optional<LiveObject> known(ObjectRef ref) {
            return Optional.ofNullable(known.get(ref));
        }

        @Override
        public CompletionStage<Removal> delete(ObjectRef ref, String version, LiveObject seen) {
            asked.add(ref);
            return seen.resourceVersion().equals("1") ? answer : CompletableFuture.completedFuture(new Changed());
        }

        @Override
        public CompletionStage<Found> find(ObjectRef ref, String version) {
            reads++;
            Manifest live = objects.get(ref);
            return CompletableFuture.completedFuture(live == null ? new Absent() : new Present(live));
        }

        @Override
        public CompletionStage<Removal> delete(Manifest live) {
            if (refused.contains(live.ref())) {
                return CompletableFuture.completedFuture(new Refused("may not", false));
            }
            if (changesBeforeDelete-- > 0) {
                return CompletableFuture.completedFuture(new Changed());
            }
            objects.remove(live.ref());
            return CompletableFuture.completedFuture(new Deleted());
        }
    }
}
