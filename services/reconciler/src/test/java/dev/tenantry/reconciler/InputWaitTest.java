package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.queue.Cause;

/** A target that waits for its source or for a dependency. */
class InputWaitTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void aDependencyThatIsMissingIsTriedAgainAndTold() {
        // Given
        world.put("dependsOn: [{name: base}]");
        world.commit("a=1");

        // When
        world.run(Cause.SPEC);
        world.passes(Conclusion.GRACE);
        Next next = world.run(Cause.WAIT);

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofSeconds(30), Cause.WAIT));
        assertThat(ready().reason()).isEqualTo("DependencyNotReady");
        assertThat(ready().message()).isEqualTo("dependency 'team/base' not found");
        assertThat(world.applies).isZero();
    }

    @Test
    void aSourceThatComesSoonAfterItsTargetIsNotToldToBeMissing() {
        // Given
        world.put("");
        String later = world.revision;
        world.revision = "";

        // When
        Next next = world.run(Cause.SPEC);
        int before = world.statuses.size();
        world.revision = later;
        world.run(Cause.REVISION);

        // Then
        assertThat(next).isEqualTo(new Next.After(Conclusion.GRACE, Cause.WAIT));
        assertThat(before).isZero();
        assertThat(ready().isTrue()).isTrue();
    }

    @Test
    void aSourceThatDoesNotComeIsToldToBeMissing() {
        // Given
        world.put("");
        world.revision = "";

        // When
        world.run(Cause.SPEC);
        world.passes(Conclusion.GRACE);
        world.run(Cause.WAIT);

        // Then
        assertThat(ready().reason()).isEqualTo("ArtifactFailed");
    }

    private Condition ready() {
        return world.target().conditions().find(ConditionType.READY).orElseThrow();
    }
}
