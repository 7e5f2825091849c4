package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.queue.Cause;

class HealthTest {

    private static final String WAITS = "healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: web}]";
    private static final ObjectRef WEB = new ObjectRef("apps", "Deployment", "team", "web");

    private final FakeWorld world = new FakeWorld();

    @Test
    void aTargetIsReadyOnlyWhenItsObjectsAreHealthy() {
        // Given
        world.put(WAITS);
        world.commit("a=1");
        world.unhealthy.put(WEB, "status: 'InProgress'");
        world.run(Cause.SPEC);
        assertThat(ready().status()).isEqualTo(Condition.Status.UNKNOWN);
        world.unhealthy.clear();

        // When
        world.run(Cause.HEALTH);

        // Then
        assertThat(ready().isTrue()).isTrue();
        assertThat(world.target().conditions().isTrue(ConditionType.HEALTHY)).isTrue();
        assertThat(world.builds).isEqualTo(1);
    }

    @Test
    void aWaitForHealthIsToldOnlyIfItLasts() {
        // Given
        world.put(WAITS);
        world.commit("a=1");
        world.unhealthy.put(WEB, "status: 'InProgress'");

        // When
        world.run(Cause.SPEC);
        world.passes(Conclusion.GRACE.minusMillis(1));
        world.run(Cause.WAIT);

        // Then
        assertThat(world.statuses).as("the inventory alone").hasSize(1);
        world.passes(Duration.ofMillis(1));
        world.run(Cause.WAIT);
        assertThat(ready().message()).startsWith("Running health checks");
    }

    @Test
    void unhealthyObjectsFailTheTargetAfterItsTimeout() {
        // Given
        world.put("{timeout: 1m, healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: web}]}");
        world.commit("a=1");
        world.unhealthy.put(WEB, "status: 'InProgress'");
        world.run(Cause.SPEC);
        world.passes(Duration.ofMinutes(1));

        // When
        world.run(Cause.WAIT);

        // Then
        assertThat(ready().reason()).isEqualTo("HealthCheckFailed");
        assertThat(ready().message()).contains("Deployment/team/web", "timeout");
    }

    @Test
    void aWaitThatASuspensionEndedIsTakenUpAtTheResume() {
        // Given
        world.put(WAITS);
        world.commit("a=1");
        world.unhealthy.put(WEB, "status: 'InProgress'");
        world.run(Cause.SPEC);
        world.put("{suspend: true, " + WAITS + "}");
        world.run(Cause.SPEC);
        world.put(WAITS);

        // When
        world.run(Cause.SPEC);
        world.passes(Conclusion.GRACE);
        world.run(Cause.WAIT);

        // Then
        assertThat(ready().status()).isEqualTo(Condition.Status.UNKNOWN);
    }

    @Test
    void anAddedHealthCheckIsLookedAtThoughNothingIsApplied() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.broken.put(WEB, "status: 'Failed'");
        world.put(WAITS);

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().reason()).isEqualTo("HealthCheckFailed");
        assertThat(world.builds).isEqualTo(1);
    }

    @Test
    void anObjectThatBreaksLaterFailsTheTargetAtTheInterval() {
        // Given
        world.put("wait: true");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.statusChanges(configMap("a"));
        world.broken.put(configMap("a"), "status: 'Failed'");

        // When
        world.run(Cause.INTERVAL);

        // Then
        assertThat(ready().reason()).isEqualTo("HealthCheckFailed");
    }

    @Test
    void objectsThatHaveNotChangedSinceTheyWereHealthyAreNotAskedForAgain() {
        // Given
        world.put("wait: true");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        int looks = world.looks;

        // When
        world.run(Cause.INTERVAL);

        // Then
        assertThat(world.looks).isEqualTo(looks);
        assertThat(ready().isTrue()).isTrue();
    }

    @Test
    void aWaitThatAMissingSourceInterruptsBeginsAnewWithItsWholeTimeout() {
        // Given
        world.put("{timeout: 1m, " + WAITS + "}");
        world.commit("a=1");
        world.unhealthy.put(WEB, "status: 'InProgress'");
        world.run(Cause.SPEC);
        String revision = world.revision;
        world.revision = "";
        world.run(Cause.REVISION);
        assertThat(world.announced).contains("ends health watch");
        world.passes(Duration.ofMinutes(5));
        world.revision = revision;

        // When
        world.run(Cause.REVISION);
        world.passes(Conclusion.GRACE);
        world.run(Cause.WAIT);

        // Then
        assertThat(ready().status()).isEqualTo(Condition.Status.UNKNOWN);
    }

    @Test
    void aSecondLookAtWhatWasHealthyWritesNothingBeforeItIsKnownHowItIs() {
        // Given
        world.put("wait: true");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.statusChanges(configMap("a"));
        world.unhealthy.put(configMap("a"), "status: 'InProgress': not read yet");
        int writes = world.statuses.size();

        // When
        world.run(Cause.INTERVAL);
        world.passes(Duration.ofSeconds(2));
        world.run(Cause.WAIT);

        // Then
        assertThat(world.statuses).hasSize(writes);
        world.passes(Duration.ofSeconds(10));
        world.run(Cause.WAIT);
        assertThat(ready().status()).isEqualTo(Condition.Status.UNKNOWN);
    }

    @Test
    void aCommitAsksOnlyForTheHealthOfWhatItChanges() {
        // Given
        world.put("wait: true");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        int looks = world.looks;
        world.commit("a=1 b=2");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.looks).isEqualTo(looks);
        assertThat(ready().isTrue()).isTrue();
    }

    @Test
    void whatBrokeWhileTheTargetWasSuspendedIsFoundAtTheResume() {
        // Given
        world.put("wait: true");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.put("{suspend: true, wait: true}");
        world.run(Cause.SPEC);
        world.statusChanges(configMap("a"));
        world.broken.put(configMap("a"), "status: 'Failed'");
        world.put("wait: true");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().reason()).isEqualTo("HealthCheckFailed");
    }

    @Test
    void whatWasDoneBeforeAShortWaitIsCountedAtOnceAndToldAtItsEnd() {
        // Given
        world.put(WAITS);
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.unhealthy.put(WEB, "status: 'InProgress'");
        world.commit("a=2");
        world.announced.clear();
        world.run(Cause.REVISION);
        assertThat(world.announced).contains("delivered 1 changed");
        world.unhealthy.clear();

        // When
        world.run(Cause.HEALTH);

        // Then
        assertThat(world.announced).contains("ended ReconciliationSucceeded [ConfigMap/team/a configured]");
        assertThat(world.announced).containsOnlyOnce("delivered 1 changed");
    }

    @Test
    void anAccountThatIsChangedAppliesEverything() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.put("serviceAccountName: deployer");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.applies).isEqualTo(4);
    }

    private Condition ready() {
        return world.target().conditions().find(ConditionType.READY).orElseThrow();
    }
}
