package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tenantry.git.Commit;
import dev.tenantry.git.CommitId;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

class StatusesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.7Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final Artifact ARTIFACT = new Artifact("sha256:1", NOW, Map.of(), "path",
            "main@" + COMMIT.digest(), 1L, "http://localhost/path");
    private static final Outcome READY = new Outcome.Ready(
            ARTIFACT, new Commit(COMMIT, "Ada", "ada@example.org", "Add", NOW), "tree", true);

    private final Source fresh = TestSources.source(
            new NamespacedName("biology", "apps"), TestSources.spec("https://git.example.org/apps", null));

    @Test
    void aStoredRevisionIsReadyInFluxsWords() {
        // When
        GitRepositoryStatus status = Statuses.ended(fresh, READY, NOW);

        // Then
        String message = "stored artifact for revision 'main@sha1:0123456789abcdef0123456789abcdef01234567'";
        Instant second = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(status.conditions()).containsExactly(
                new Condition(second, message, 1L, "Succeeded", Condition.Status.TRUE, "Ready"),
                new Condition(second, message, 1L, "Succeeded", Condition.Status.TRUE, "ArtifactInStorage"));
        assertThat(status.artifact()).isEqualTo(ARTIFACT);
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void aFailureKeepsTheArtifactAndTheGenerationUnobserved() {
        // Given
        Source ready = TestSources.with(fresh, Statuses.ended(fresh, READY, NOW));
        Source changed = TestSources.ofGeneration(ready, 2);

        // When
        GitRepositoryStatus status = Statuses.ended(
                changed, new Outcome.Failed("GitOperationFailed", "no route"), LATER);

        // Then
        assertThat(status.artifact()).isEqualTo(ARTIFACT);
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.conditions()).extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactly(
                        tuple("Reconciling", Condition.Status.TRUE, "ProgressingWithRetry"),
                        tuple("Ready", Condition.Status.FALSE, "GitOperationFailed"),
                        tuple("ArtifactInStorage", Condition.Status.TRUE, "Succeeded"),
                        tuple("FetchFailed", Condition.Status.TRUE, "GitOperationFailed"));
    }

    @Test
    void aStallIsObservedAndNotReconciling() {
        // When
        GitRepositoryStatus status = Statuses.ended(
                fresh, new Outcome.Stalled("UnsupportedField", "not supported: spec.verify"), NOW);

        // Then
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Stalled", "Ready", "FetchFailed");
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void aRecoveryRemovesWhatWasWrong() {
        // Given
        Source failed = TestSources.with(fresh,
                Statuses.ended(fresh, new Outcome.Failed("GitOperationFailed", "x"), NOW));

        // When
        GitRepositoryStatus status = Statuses.ended(failed, READY, LATER);

        // Then
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Ready", "ArtifactInStorage");
    }

    @Test
    void theSameResultAgainIsTheSameStatus() {
        // Given
        GitRepositoryStatus first = Statuses.ended(fresh, READY, NOW);

        // When
        GitRepositoryStatus second = Statuses.ended(TestSources.with(fresh, first), READY, LATER);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aRequestIsEchoedWhateverCameOfIt() {
        // Given
        Source asked = TestSources.requested(fresh, "2026-03-01T11:59:59Z");

        // When
        GitRepositoryStatus failed = Statuses.ended(asked, new Outcome.Failed("GitOperationFailed", "x"), NOW);

        // Then
        assertThat(failed.lastHandledReconcileAt()).isEqualTo("2026-03-01T11:59:59Z");
    }

    @Test
    void aNewSpecIsSaidToBeInProgress() {
        // Given
        Source ready = TestSources.with(fresh, Statuses.ended(fresh, READY, NOW));

        // When
        GitRepositoryStatus status = Statuses.begun(TestSources.ofGeneration(ready, 2), LATER);

        // Then
        assertThat(new Conditions(status.conditions()).find(ConditionType.RECONCILING)).hasValueSatisfying(
                reconciling -> assertThat(reconciling.message()).isEqualTo("processing object: new generation 1 -> 2"));
        assertThat(status.artifact()).isEqualTo(ARTIFACT);
        assertThat(status.observedGeneration()).isEqualTo(1);
    }
}
