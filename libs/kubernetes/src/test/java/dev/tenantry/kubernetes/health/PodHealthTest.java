package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.NOW;
import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

class PodHealthTest {

    @Test
    void aPodThatIsReadyOrHasEndedWellIsCurrent() {
        assertThat(pod("{phase: Running, conditions: [{type: Ready, status: \"True\"}]}")).isEqualTo(new Current());
        assertThat(pod("{phase: Succeeded}")).isEqualTo(new Current());
    }

    @Test
    void aPodThatHasEndedBadlyIsAFailure() {
        assertThat(pod("{phase: Failed, message: evicted}")).isEqualTo(new Failed("ended with an error: evicted"));
    }

    @Test
    void aPodThatIsOnItsWayIsInProgress() {
        assertThat(pod("{}")).isEqualTo(new InProgress("no controller has seen it yet"));
        assertThat(pod("{phase: Pending}")).isEqualTo(new InProgress("pending"));
        assertThat(pod("{phase: Unknown}")).isEqualTo(new InProgress("in phase Unknown"));
        assertThat(pod("{phase: Running, conditions: [{type: Ready, status: \"False\"}]}"))
                .isEqualTo(new InProgress("running, but not ready"));
    }

    @Test
    void aCrashLoopIsAFailure() {
        assertThat(pod("""
                phase: Running
                containerStatuses:
                - {name: web, state: {waiting: {reason: CrashLoopBackOff}}}
                - {name: log, state: {running: {}}}
                """)).isEqualTo(new Failed("containers in a crash loop: web"));
    }

    @Test
    void aPodMayFindNoNodeForAWhile() {
        // Given
        String unschedulable = """
                phase: Pending
                conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: no node fits}]
                """;

        // Then
        assertThat(podOfAge(14, unschedulable)).isEqualTo(new InProgress("not scheduled yet"));
        assertThat(podOfAge(15, unschedulable)).isEqualTo(new Failed("cannot be scheduled: no node fits"));
    }

    private static Health pod(String status) {
        return health("v1", "Pod", "status:\n" + status.indent(2));
    }

    private static Health podOfAge(long seconds, String status) {
        return health("v1", "Pod", "metadata: {creationTimestamp: \"%s\"}\nstatus:\n%s"
                .formatted(NOW.minusSeconds(seconds), status.indent(2)));
    }
}
