package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.reconciler.queue.Cause;

class DriftTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void aChangeBySomebodyElseIsUndone() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.otherManagers.put(configMap("a"), "kubectl-edit");

        // When
        world.run(Cause.DRIFT);

        // Then
        assertThat(world.applies).isEqualTo(3);
        assertThat(world.announced).contains("corrected ConfigMap/team/a by kubectl-edit: .data.value");
    }

    @Test
    void aDeletedObjectIsMadeAgain() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.objects.clear();

        // When
        world.run(Cause.DRIFT);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a"));
    }

    @Test
    void afterThreeCorrectionsInFiveMinutesDriftWaitsForTheInterval() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        for (int i = 0; i < 3; i++) {
            world.otherManagers.put(configMap("a"), "fighter");
            world.run(Cause.DRIFT);
        }
        world.otherManagers.put(configMap("a"), "fighter");

        // When
        world.run(Cause.DRIFT);

        // Then
        assertThat(world.otherManagers).containsKey(configMap("a"));
        assertThat(world.announced).contains("held back ConfigMap/team/a by fighter: .data.value");
        world.run(Cause.INTERVAL);
        assertThat(world.otherManagers).isEmpty();
    }

    @Test
    void whatWasChangedWhileTheTargetWasSuspendedIsUndoneAtTheResume() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.put("suspend: true");
        world.otherManagers.put(configMap("a"), "kubectl-edit");
        world.run(Cause.DRIFT);
        assertThat(world.otherManagers).isNotEmpty();
        world.put("");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.otherManagers).isEmpty();
    }

    @Test
    void whatWasChangedWhileTheTargetWaitedIsUndoneWhenItGoesOn() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        String revision = world.revision;
        world.revision = "";
        world.otherManagers.put(configMap("a"), "kubectl-edit");
        world.run(Cause.DRIFT);
        assertThat(world.otherManagers).isNotEmpty();
        world.revision = revision;

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.otherManagers).isEmpty();
    }

    @Test
    void whatIsChangedWhileItIsAppliedIsLookedAtAgainThoughNobodyTells() {
        // Given
        world.put("");
        world.commit("a=1");
        world.afterApply = () -> world.otherManagers.put(configMap("a"), "webhook");

        // When
        Next next = world.run(Cause.SPEC);

        // Then
        assertThat(next).isEqualTo(new Next.After(Conclusion.MOMENT, Cause.DRIFT));
        world.afterApply = () -> {};
        assertThat(world.run(Cause.DRIFT)).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
        assertThat(world.otherManagers).isEmpty();
    }

    @Test
    void ourOwnWritesAndDeletesCostNoSecondBuild() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=2");
        world.run(Cause.REVISION);

        // When
        world.run(Cause.DRIFT);

        // Then
        assertThat(world.builds).isEqualTo(2);
        assertThat(world.applies).isEqualTo(3);
    }

    @Test
    void whatNobodyWatchesIsComparedAtTheInterval() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.unfollowed = true;
        world.run(Cause.RESYNC);
        assertThat(world.builds).isEqualTo(1);

        // When
        world.run(Cause.INTERVAL);

        // Then
        assertThat(world.builds).isEqualTo(2);
    }

    @Test
    void withoutDriftTheIntervalCostsNoBuild() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);

        // When
        world.run(Cause.INTERVAL);

        // Then
        assertThat(world.builds).isEqualTo(1);
        assertThat(world.statuses).hasSize(2);
    }

    @Test
    void anObjectThatALiveMarkerProtectsIsNoDriftUntilTheMarkerIsGone() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.disable(configMap("a"));

        // When
        Next next = world.run(Cause.DRIFT);

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
        int builds = world.builds;
        world.run(Cause.DRIFT);
        assertThat(world.builds).isEqualTo(builds);
        world.objects.clear();
        world.otherManagers.clear();
        world.run(Cause.INTERVAL);
        assertThat(world.objects).containsOnlyKeys(configMap("a"));
    }

    @Test
    void anObjectThatIsMadeOnceIsItsUsersFromThenOn() {
        // Given
        world.ssa.put("a", "IfNotPresent");
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.otherManagers.put(configMap("a"), "operator");

        // When
        Next next = world.run(Cause.DRIFT);

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
        assertThat(world.otherManagers).isNotEmpty();
    }

    @Test
    void anObjectThatIsMadeOnceIsMadeAgainAtTheIntervalAfterItsDeletion() {
        // Given
        world.ssa.put("a", "IfNotPresent");
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.run(Cause.INTERVAL);
        world.objects.clear();

        // When
        world.run(Cause.INTERVAL);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a"));
    }

    @Test
    void anObjectThatGitNoLongerAppliesIsNoDrift() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.ssa.put("a", "Ignore");
        world.commit("a=2");
        world.run(Cause.REVISION);
        world.objects.clear();

        // When
        Next next = world.run(Cause.DRIFT);

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
        assertThat(world.builds).isEqualTo(2);
    }
}
