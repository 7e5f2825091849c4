package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.queue.Cause;

class StatusWriteTest {

    private final FakeWorld world = new FakeWorld();

    @BeforeEach
    void aTargetOfTwoObjectsOfWhichACommitLeavesOne() {
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=1");
    }

    @Test
    void anEndThatCannotBeWrittenIsWrittenAndToldByTheNextRun() {
        // Given
        world.unsaved = true;
        world.run(Cause.REVISION);
        assertThat(inventory().contains(configMap("b"))).isTrue();
        world.unsaved = false;
        world.announced.clear();

        // When
        world.run(Cause.WAIT);

        // Then
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"));
        assertThat(world.announced).contains("ended ReconciliationSucceeded [ConfigMap/team/b deleted]");
        assertThat(world.builds).isEqualTo(2);
    }

    @Test
    void whatWasPrunedIsNotWaitedForThoughTheStatusStillNamesIt() {
        // Given
        world.put("wait: true");
        world.unsaved = true;
        world.run(Cause.SPEC);
        world.unsaved = false;
        world.unhealthy.put(configMap("b"), "status: 'NotFound'");

        // When
        world.run(Cause.WAIT);

        // Then
        assertThat(world.target().isReady()).isTrue();
    }

    @Test
    void anObjectThatTurnsOutToBeOthersCostsNoStatusWriteAtEachDelivery() {
        // Given
        world.ssa.put("c", "IfNotPresent");
        world.stranger("c");
        world.commit("a=1 c=1");
        world.run(Cause.REVISION);
        world.commit("a=2 c=1");
        int writes = world.statuses.size();

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.statuses).hasSize(writes + 1);
    }

    @Test
    void afterAnotherReplicasWriteNothingIsTakenForDone() {
        // Given
        world.superseded = true;
        world.run(Cause.REVISION);
        world.superseded = false;

        // When
        world.run(Cause.RETRY);

        // Then
        assertThat(world.builds).isEqualTo(3);
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"));
    }

    private Inventory inventory() {
        return Inventory.of(world.target().status());
    }
}
