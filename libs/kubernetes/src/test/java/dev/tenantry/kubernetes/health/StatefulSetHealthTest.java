package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

class StatefulSetHealthTest {

    @ParameterizedTest
    @CsvSource({
            "1, 1, 1, replicas: 1/2",
            "2, 1, 2, ready: 1/2",
            "3, 2, 2, to be terminated: 1",
            "2, 2, 1, current: 1/2"})
    void aRolloutThatIsNotThroughIsInProgress(int existing, int ready, int current, String message) {
        assertThat(set("", existing, ready, current, 0, "b")).isEqualTo(new InProgress(message));
    }

    @Test
    void allReplicasOfTheNewestRevisionAreReady() {
        assertThat(set("", 2, 2, 2, 2, "b")).isEqualTo(new Current());
    }

    @Test
    void podsOfTheOldRevisionAreWaitedFor() {
        assertThat(set("", 2, 2, 2, 0, "a"))
                .isEqualTo(new InProgress("waiting for all pods to be of the new revision"));
    }

    @Test
    void onlyPodsAboveThePartitionNeedBeUpdated() {
        // Given
        String partition = "updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}";

        // Then
        assertThat(set(partition, 2, 2, 1, 0, "a")).isEqualTo(new InProgress("updated: 0/1"));
        assertThat(set(partition, 2, 2, 1, 1, "a")).isEqualTo(new Current());
    }

    @Test
    void anUpdateByHandIsNotWaitedFor() {
        assertThat(set("updateStrategy: {type: OnDelete}", 1, 0, 0, 0, "a")).isEqualTo(new Current());
    }

    private static Health set(String spec, int existing, int ready, int current, int updated, String currentRevision) {
        return health("apps/v1", "StatefulSet", """
                spec:
                  replicas: 2
                  %s
                status:
                  replicas: %d
                  readyReplicas: %d
                  currentReplicas: %d
                  updatedReplicas: %d
                  currentRevision: %s
                  updateRevision: b
                """.formatted(spec, existing, ready, current, updated, currentRevision));
    }
}
