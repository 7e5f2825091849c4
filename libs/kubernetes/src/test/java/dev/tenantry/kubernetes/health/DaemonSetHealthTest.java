package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

class DaemonSetHealthTest {

    @ParameterizedTest
    @CsvSource({
            "1, 2, 2, 2, scheduled: 1/2",
            "2, 1, 2, 2, updated: 1/2",
            "2, 2, 1, 2, available: 1/2",
            "2, 2, 2, 1, ready: 1/2"})
    void aRolloutThatIsNotThroughIsInProgress(int scheduled, int updated, int available, int ready, String message) {
        assertThat(set(2, scheduled, updated, available, ready)).isEqualTo(new InProgress(message));
    }

    @Test
    void eachNodeHasAReadyPod() {
        assertThat(set(2, 2, 2, 2, 2)).isEqualTo(new Current());
    }

    @Test
    void noNodeIsWanted() {
        assertThat(set(0, 0, 0, 0, 0)).isEqualTo(new Current());
    }

    @Test
    void aSetThatItsControllerHasNotSeenIsInProgress() {
        assertThat(health("apps/v1", "DaemonSet", "metadata: {generation: 1}"))
                .isEqualTo(new InProgress("the controller has not seen it yet"));
        assertThat(health("apps/v1", "DaemonSet", "status: {desiredNumberScheduled: 0}"))
                .isEqualTo(new InProgress("the controller has not seen it yet"));
    }

    private static Health set(int wanted, int scheduled, int updated, int available, int ready) {
        return health("apps/v1", "DaemonSet", """
                metadata: {generation: 1}
                status:
                  observedGeneration: 1
                  desiredNumberScheduled: %d
                  currentNumberScheduled: %d
                  updatedNumberScheduled: %d
                  numberAvailable: %d
                  numberReady: %d
                """.formatted(wanted, scheduled, updated, available, ready));
    }
}
