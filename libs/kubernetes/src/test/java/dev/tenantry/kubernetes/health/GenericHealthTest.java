package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.NOW;
import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;
import dev.tenantry.kubernetes.health.Health.Terminating;
import dev.tenantry.kubernetes.source.GitRepository;

class GenericHealthTest {

    @Test
    void anObjectBeingDeletedIsTerminatingWhateverElseItSays() {
        assertThat(health("example.org/v1", "Database", """
                metadata: {deletionTimestamp: "2026-01-01T00:00:00Z", generation: 2}
                status: {observedGeneration: 1, conditions: [{type: Ready, status: "True"}]}
                """)).isEqualTo(new Terminating());
    }

    @Test
    void aStatusOfAnEarlierGenerationIsNotBelieved() {
        assertThat(health("example.org/v1", "Database", """
                metadata: {generation: 2}
                status: {observedGeneration: 1, conditions: [{type: Ready, status: "True"}]}
                """)).isEqualTo(new InProgress("generation is 2, but the controller has seen only 1"));
    }

    @Test
    void anObjectWithoutObservedGenerationIsJudgedByItsConditions() {
        assertThat(health("example.org/v1", "Database", """
                metadata: {generation: 2}
                status: {conditions: [{type: Ready, status: "True"}]}
                """)).isEqualTo(new Current());
    }

    @Test
    void reconcilingIsInProgressAndStalledIsFailed() {
        assertThat(health("example.org/v1", "Database", """
                status: {conditions: [
                  {type: Ready, status: "True"}, {type: Reconciling, status: "True", message: building}]}
                """)).isEqualTo(new InProgress("building"));
        assertThat(health("example.org/v1", "Database", """
                status: {conditions: [
                  {type: Stalled, status: "True", reason: QuotaExceeded}, {type: Ready, status: "False"}]}
                """)).isEqualTo(new Failed("QuotaExceeded"));
        assertThat(health("example.org/v1", "Database", """
                status: {conditions: [{type: Reconciling, status: "False"}, {type: Stalled, status: "False"}]}
                """)).isEqualTo(new Current());
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "Unknown"})
    void anObjectThatIsNotReadyIsInProgress(String status) {
        assertThat(health("example.org/v1", "Database", """
                status: {conditions: [{type: Ready, status: "%s", reason: Starting, message: two of three nodes}]}
                """.formatted(status))).isEqualTo(new InProgress("two of three nodes"));
    }

    @ParameterizedTest
    @CsvSource({
            "v1, ConfigMap",
            "v1, Secret",
            "v1, Namespace",
            "v1, ServiceAccount",
            "batch/v1, CronJob",
            "policy/v1, PodDisruptionBudget",
            "networking.k8s.io/v1, Ingress",
            "rbac.authorization.k8s.io/v1, ClusterRole",
            "example.org/v1, Database"})
    void anObjectThatSaysNothingOfItselfIsCurrent(String apiVersion, String kind) {
        assertThat(health(apiVersion, kind, "")).isEqualTo(new Current());
    }

    @Test
    void conditionsOfADisruptionBudgetAreNotItsHealth() {
        assertThat(health("policy/v1", "PodDisruptionBudget", """
                metadata: {generation: 1}
                status: {observedGeneration: 1, conditions: [{type: DisruptionAllowed, status: "False"}]}
                """)).isEqualTo(new Current());
    }

    @Test
    void aKindOfAnotherGroupIsNotTakenForABuiltInOne() {
        assertThat(health("example.org/v1", "Pod", "")).isEqualTo(new Current());
        assertThat(health("batch.example.org/v1", "Job", "")).isEqualTo(new Current());
    }

    @Test
    void conditionsThatAreNoListAreAsGoodAsNone() {
        assertThat(health("example.org/v1", "Database", "status: {conditions: {ready: true}}"))
                .isEqualTo(new Current());
        assertThat(health("example.org/v1", "Database", "status: {conditions: [ready]}")).isEqualTo(new Current());
    }

    @Test
    void aFluxObjectThatNobodyHasActedOnIsInProgress() {
        // Given
        Manifest live = LiveObjects.object("source.toolkit.fluxcd.io/v1", GitRepository.KIND, """
                metadata: {generation: 1}
                status: {observedGeneration: -1}
                """);

        // Then
        assertThat(Health.of(live, NOW).isCurrent()).isFalse();
    }
}
