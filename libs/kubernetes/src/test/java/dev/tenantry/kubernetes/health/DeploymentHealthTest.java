package dev.tenantry.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

class DeploymentHealthTest {

    private static final String ROLLED_OUT = """
            conditions:
            - {type: Available, status: "True", reason: MinimumReplicasAvailable}
            - {type: Progressing, status: "True", reason: NewReplicaSetAvailable}
            """;

    @Test
    void allReplicasOfTheNewestTemplateAreAvailable() {
        assertThat(deployment("replicas: 2", counts(2, 2, 2, 2) + ROLLED_OUT)).isEqualTo(new Current());
    }

    @Test
    void oneReplicaIsWantedWhenTheSpecDoesNotSay() {
        assertThat(deployment("", counts(1, 1, 1, 1) + ROLLED_OUT)).isEqualTo(new Current());
        assertThat(deployment("", ROLLED_OUT)).isEqualTo(new InProgress("replicas: 0/1"));
    }

    @Test
    void scaledToNoneItIsCurrent() {
        assertThat(deployment("replicas: 0", ROLLED_OUT)).isEqualTo(new Current());
    }

    @ParameterizedTest
    @CsvSource({
            "1, 1, 1, 1, replicas: 1/2",
            "2, 1, 2, 2, updated: 1/2",
            "3, 2, 2, 2, to be terminated: 1",
            "2, 2, 1, 2, available: 1/2",
            "2, 2, 2, 1, ready: 1/2"})
    void aRolloutThatIsNotThroughIsInProgress(int existing, int updated, int available, int ready, String message) {
        assertThat(deployment("replicas: 2", counts(existing, updated, available, ready) + ROLLED_OUT))
                .isEqualTo(new InProgress(message));
    }

    @Test
    void aDeadlineThatHasPassedIsAFailure() {
        assertThat(deployment("replicas: 1", """
                conditions:
                - {type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: stuck}
                """)).isEqualTo(new Failed("progress deadline exceeded: stuck"));
    }

    @Test
    void withADeadlineTheNewReplicaSetMustHaveBeenReported() {
        // Given
        String available = "conditions: [{type: Available, status: \"True\"}]";

        // Then
        assertThat(deployment("{replicas: 1, progressDeadlineSeconds: 600}", counts(1, 1, 1, 1) + available))
                .isEqualTo(new InProgress("the new ReplicaSet is not available"));
        assertThat(deployment("{replicas: 1, progressDeadlineSeconds: 2147483647}", counts(1, 1, 1, 1) + available))
                .isEqualTo(new Current());
        assertThat(deployment("{replicas: 1}", counts(1, 1, 1, 1) + available)).isEqualTo(new Current());
    }

    @Test
    void withoutTheAvailableConditionItIsInProgress() {
        assertThat(deployment("replicas: 1", counts(1, 1, 1, 1))).isEqualTo(new InProgress("not available"));
    }

    private static String counts(int existing, int updated, int available, int ready) {
        return "replicas: %d\nupdatedReplicas: %d\navailableReplicas: %d\nreadyReplicas: %d\n"
                .formatted(existing, updated, available, ready);
    }

    private static Health deployment(String spec, String status) {
        return LiveObjects.health("apps/v1", "Deployment", "spec:\n%sstatus:\n  observedGeneration: 1\n%s"
                .formatted(spec.indent(2), status.indent(2)));
    }
}
