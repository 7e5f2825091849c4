package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

class ReplicaSetHealthTest {

    @ParameterizedTest
    @CsvSource({
            "2, 1, 2, 2, labeled: 1/2",
            "2, 2, 1, 2, available: 1/2",
            "2, 2, 2, 1, ready: 1/2",
            "3, 2, 2, 2, to be terminated: 1"})
    void replicasThatAreMissingAreWaitedFor(int existing, int labeled, int available, int ready, String message) {
        assertThat(set("apps/v1", "ReplicaSet", existing, labeled, available, ready))
                .isEqualTo(new InProgress(message));
    }

    @ParameterizedTest
    @CsvSource({"apps/v1, ReplicaSet", "v1, ReplicationController"})
    void allReplicasAreAvailable(String apiVersion, String kind) {
        assertThat(set(apiVersion, kind, 2, 2, 2, 2)).isEqualTo(new Current());
    }

    @Test
    void podsThatCannotBeCreatedAreToldOf() {
        assertThat(health("apps/v1", "ReplicaSet", """
                status: {conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: over quota}]}
                """)).isEqualTo(new InProgress("pods cannot be created: over quota"));
    }

    private static Health set(String apiVersion, String kind, int existing, int labeled, int available, int ready) {
        return health(apiVersion, kind, """
                spec: {replicas: 2}
                status:
                  replicas: %d
                  fullyLabeledReplicas: %d
                  availableReplicas: %d
                  readyReplicas: %d
                """.formatted(existing, labeled, available, ready));
    }
}
