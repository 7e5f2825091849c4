package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.NAME;
import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.kustomize.Inventory;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.queue.Cause;
import dev.tenantry.reconciler.queue.Limits;
import dev.tenantry.reconciler.queue.WorkQueue;

class UnreadableTargetTest {

    private static final String FLAW = "spec.interval: '9999999h' is longer than 292 years";
    private static final InventoryEntry NONSENSE = new InventoryEntry("nonsense", "v1");

    private final FakeWorld world = new FakeWorld();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void anAppliedTarget() {
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aSpecThatCannotBeReadStallsAndTheOldOneIsNotAppliedAnyMore() {
        // Given
        see(world.put(""), List.of(FLAW), world.target().status());
        world.commit("a=2");

        // When
        Next next = world.run(Cause.SPEC);

        // Then
        assertThat(next).isInstanceOf(Next.WhenWoken.class);
        assertThat(condition(ConditionType.STALLED)).satisfies(stalled -> {
            assertThat(stalled.isTrue()).isTrue();
            assertThat(stalled.reason()).isEqualTo("Unreadable");
            assertThat(stalled.message()).contains(FLAW);
        });
        assertThat(condition(ConditionType.READY).isTrue()).isFalse();
        assertThat(world.objects).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(world.builds).isEqualTo(1);
    }

    @Test
    void aSpecThatCannotBeReadIsNotComparedEither() {
        // Given
        see(world.put(""), List.of(FLAW), world.target().status());

        // When
        Comparison.Result result = world.compare();

        // Then
        assertThat(result).isInstanceOfSatisfying(Comparison.Incomparable.class,
                incomparable -> assertThat(incomparable.outcome().message()).contains(FLAW));
    }

    @Test
    void anInventoryThatCannotBeReadStallsAndLosesNoEntry() {
        // Given
        see(world.put(""), List.of(), withNonsense());
        world.commit("a=1");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(condition(ConditionType.STALLED).message()).contains("status.inventory", "'nonsense'");
        assertThat(world.objects).as("nothing is pruned").hasSize(2);
        assertThat(world.target().status().inventory().entries()).hasSize(3).contains(NONSENSE);
    }

    @Test
    void aRepairedInventoryIsWorkedWithAtOnce() {
        // Given
        Reconciler reconciler = world.reconciler(target -> true);
        reconciler.start(new WorkQueue(new Limits(1, 1), Runnable::run, timer, reconciler::work));
        KustomizationStatus good = world.target().status();
        see(world.put(""), List.of(), withNonsense());
        reconciler.request(NAME);
        assertThat(condition(ConditionType.STALLED).isTrue()).isTrue();

        // When
        reconciler.targetSeen(world.next(new Target(NAME, world.target().metadata(), world.target().spec(), good)));

        // Then
        assertThat(world.target().isReady()).isTrue();
    }

    @Test
    void aDeletedTargetPrunesNothingByHalfOfAnInventory() {
        // Given
        see(world.put(""), List.of(), withNonsense());

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isInstanceOf(Next.WhenWoken.class);
        assertThat(world.objects).hasSize(2);
        assertThat(world.target().metadata().finalized()).isTrue();
        assertThat(condition(ConditionType.STALLED).message()).contains("'nonsense'", "spec.deletionPolicy: Orphan");
        assertThat(world.target().status().inventory().entries()).contains(NONSENSE);
    }

    @Test
    void aDeletedTargetWhoseSpecCannotBeReadGoesWithItsObjects() {
        // Given
        see(world.put(""), List.of(FLAW), world.target().status());

        // When
        world.delete();

        // Then
        assertThat(world.objects).isEmpty();
        assertThat(world.targets.find(NAME)).isEmpty();
    }

    private void see(Target target, List<String> unreadable, KustomizationStatus status) {
        world.put(new Target(NAME, target.metadata(), target.spec(), status, unreadable));
    }

    private KustomizationStatus withNonsense() {
        KustomizationStatus good = world.target().status();
        var entries = Stream.concat(good.inventory().entries().stream(), Stream.of(NONSENSE)).toList();
        return new KustomizationStatus(good.observedGeneration(), good.conditions(), good.lastAppliedRevision(),
                good.lastAppliedOriginRevision(), good.lastAttemptedRevision(), new Inventory(entries), good.history(),
                good.lastHandledReconcileAt());
    }

    private Condition condition(String type) {
        return world.target().conditions().find(type).orElseThrow();
    }
}
