package dev.tenantry.reconciler.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.OwnerLabels;

class PrunerTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");

    private final FakeCluster cluster = new FakeCluster();
    private final Pruner pruner = new Pruner(TARGET);

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

    private PruneResult prune(ObjectRef... refs) {
        return pruner.prune(Stream.of(refs), Inventory.EMPTY, Inventory.EMPTY, cluster);
    }

    private static Manifest object(String kind, String name) {
        return Manifest.of(Manifest.skeleton("v1", kind, new NamespacedName("team", name)));
    }

    private static final class FakeCluster implements ObjectRemover {

        private final Map<ObjectRef, Manifest> objects = new HashMap<>();
        private final List<ObjectRef> refused = new ArrayList<>();
        private int changesBeforeDelete;
        private int reads;

        ObjectRef put(Manifest object) {
            objects.put(object.ref(), object);
            return object.ref();
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
