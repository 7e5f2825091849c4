package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.reconciler.queue.Limits;
import dev.tenantry.reconciler.queue.WorkQueue;

class ReconcilerTest {

    private final FakeWorld world = new FakeWorld();
    private final Reconciler reconciler = world.reconciler(target -> true);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final WorkQueue queue = new WorkQueue(new Limits(1, 1), Runnable::run, timer, reconciler::work);

    @BeforeEach
    void aTargetWithOneObject() {
        timer.setRemoveOnCancelPolicy(true);
        reconciler.start(queue);
        world.commit("a=1");
        world.put("retryInterval: 1h");
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aRunThatCrashesIsToldAndDoneAgain() {
        // Given
        world.duringBuild = () -> {
            throw new IllegalStateException("a bug");
        };

        // When
        reconciler.request(FakeWorld.NAME);

        // Then
        assertThat(world.statuses.getLast()).satisfies(status -> assertThat(ready(status)).isEqualTo("False"));
        assertThat(queue.load().delayed()).isEqualTo(1);
    }

    @Test
    void aRunThatCrashesSinceThisReplicaStopsIsNoFailureOfItsTarget() {
        // Given
        world.duringBuild = () -> {
            queue.close();
            throw new IllegalStateException("the workers are gone");
        };

        // When
        reconciler.request(FakeWorld.NAME);

        // Then
        assertThat(world.builds).isEqualTo(1);
        assertThat(world.statuses).extracting(ReconcilerTest::ready).doesNotContain("False");
    }

    @Test
    void aCrashThatCannotBeToldIsDoneAgainToo() {
        // Given
        world.duringBuild = () -> {
            world.statusesBreak = true;
            throw new IllegalStateException("a bug");
        };

        // When
        reconciler.request(FakeWorld.NAME);

        // Then
        assertThat(queue.load().delayed()).isEqualTo(1);
    }

    @Test
    void aWaitThatIsOverIsNotLookedAtAgain() {
        // Given
        String later = world.revision;
        world.revision = "";
        reconciler.request(FakeWorld.NAME);
        world.revision = later;

        // When
        reconciler.request(FakeWorld.NAME);

        // Then: what is left is the interval.
        assertThat(world.builds).isEqualTo(1);
        assertThat(timer.getQueue()).singleElement()
                .satisfies(next -> assertThat(((Delayed) next).getDelay(TimeUnit.MINUTES)).isPositive());
    }

    @Test
    void anAllowanceOfAnEmptyRenderWakesTheTarget() {
        // Given
        reconciler.request(FakeWorld.NAME);
        world.commit("");
        reconciler.sourceChanged(world.target().source());
        assertThat(world.objects).isNotEmpty();

        // When
        reconciler.targetSeen(TargetFixture.withVersion(
                TargetFixture.annotated(world.target(), Map.of("tenantry.dev/allow-empty", "true")), 1000));

        // Then
        assertThat(world.objects).isEmpty();
    }

    @Test
    void otherIgnoreRulesOfTheSameRevisionRunTheTargetAgain() {
        // Given
        reconciler.request(FakeWorld.NAME);
        world.ignore = "/docs";

        // When
        reconciler.sourceChanged(world.target().source());

        // Then
        assertThat(world.builds).isEqualTo(2);
    }

    private static String ready(KustomizationStatus status) {
        return new Conditions(status.conditions()).find("Ready")
                .map(condition -> condition.status().toString())
                .orElse("");
    }
}
