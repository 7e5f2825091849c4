package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.queue.Cause;

class FinalizationTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void aDeletedTargetTakesItsObjectsWithIt() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);

        // When
        Next next = world.delete();

        // Then
        assertThat(world.objects).isEmpty();
        assertThat(next).isEqualTo(new Next.Never());
    }

    @Test
    void aDeletedTargetThatDoesNotPruneLeavesItsObjects() {
        // Given
        world.put("prune: false");
        world.commit("a=1");
        world.run(Cause.SPEC);

        // When
        world.delete();

        // Then
        assertThat(world.objects).hasSize(1);
    }

    @Test
    void theDeletionPolicyCountsMoreThanPrune() {
        // Given
        deploy("{prune: false, deletionPolicy: Delete}");

        // When
        world.delete();

        // Then
        assertThat(world.objects).isEmpty();
    }

    @Test
    void whatIsOrphanedStays() {
        // Given
        deploy("deletionPolicy: Orphan");

        // When
        Next next = world.delete();

        // Then
        assertThat(world.objects).hasSize(2);
        assertThat(next).isEqualTo(new Next.Never());
    }

    @Test
    void aTargetThatWaitsForTerminationGoesAfterItsObjects() {
        // Given
        deploy("deletionPolicy: WaitForTermination");
        world.finalized.add(configMap("a"));

        // When
        Next first = world.delete();
        Next second = world.delete();
        world.objects.clear();
        Next last = world.delete();

        // Then
        assertThat(first).isEqualTo(new Next.After(Duration.ofSeconds(2), Cause.DELETION));
        assertThat(second).isEqualTo(first);
        assertThat(world.statuses.getLast().conditions())
                .anySatisfy(condition -> assertThat(condition.message())
                        .isEqualTo("waiting for the termination of: ConfigMap/team/a"));
        assertThat(last).isEqualTo(new Next.Never());
    }

    @Test
    void aTargetThatWaitsForTerminationIsLetGoAfterItsTimeout() {
        // Given
        deploy("{deletionPolicy: WaitForTermination, timeout: 1m}");
        world.finalized.add(configMap("a"));
        world.delete();
        world.passes(Duration.ofMinutes(1));

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isEqualTo(new Next.Never());
        assertThat(world.reports.getLast().outcome().message())
                .isEqualTo("timeout waiting for the termination of: ConfigMap/team/a");
    }

    @Test
    void aFieldThatIsNotUnderstoodDeletesNothing() {
        // Given
        deploy("");
        world.put("kubeConfig: {secretRef: {name: elsewhere}}");

        // When
        Next next = world.delete();

        // Then
        assertThat(world.objects).hasSize(2);
        assertThat(next).isEqualTo(new Next.Never());
        assertThat(world.reports.getLast().outcome().message())
                .isEqualTo("not supported yet: spec.kubeConfig; so these stay: ConfigMap/team/a, ConfigMap/team/b");
    }

    @Test
    void whatCannotBeDeletedHoldsTheTargetAndIsNamed() {
        // Given
        deploy("");
        world.refused.add(configMap("a"));

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofSeconds(1), Cause.DELETION));
        assertThat(world.target().conditions().find(ConditionType.READY).orElseThrow().message())
                .contains("ConfigMap/team/a: may not be deleted");
        assertThat(Inventory.of(world.target().status()).entries()).containsOnlyKeys(configMap("a"));
    }

    @Test
    void aMissingRightHoldsTheTargetAsLongAsItsAccountIsThere() {
        // Given
        deploy("");
        world.refused.add(configMap("a"));
        world.forbids = true;

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isInstanceOf(Next.After.class);
        assertThat(world.targets.find(FakeWorld.NAME)).isPresent();
    }

    @Test
    void aTargetWhoseAccountIsGoneIsLetGoAndSaysWhatItLeavesBehind() {
        // Given
        deploy("");
        world.refused.add(configMap("a"));
        world.forbids = true;
        world.accountGone = true;

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isEqualTo(new Next.Never());
        assertThat(world.targets.find(FakeWorld.NAME)).isEmpty();
        var outcome = world.reports.getLast().outcome();
        assertThat(outcome.reason()).isEqualTo("PruneFailed");
        assertThat(outcome.message()).contains("serviceaccount team/default", "ConfigMap/team/a")
                .doesNotContain("ConfigMap/team/b");
    }

    @Test
    void aFailureThatMayPassHoldsTheTargetThoughItsAccountIsGone() {
        // Given
        deploy("");
        world.refused.add(configMap("a"));
        world.accountGone = true;

        // When
        Next next = world.delete();

        // Then
        assertThat(next).isInstanceOf(Next.After.class);
    }

    private void deploy(String spec) {
        world.put(spec);
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
    }
}
