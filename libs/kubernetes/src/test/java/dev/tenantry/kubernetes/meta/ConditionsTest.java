package dev.tenantry.kubernetes.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

class ConditionsTest {

    private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-01T00:10:00.75Z");

    @Test
    void transitionTimeStaysWhileTheStatusIsTheSame() {
        // Given
        Conditions before = Conditions.none().withFalse(ConditionType.READY, Reason.BUILD_FAILED, "no", 1, EARLIER);

        // When
        Conditions after = before.withFalse(ConditionType.READY, Reason.PRUNE_FAILED, "nor this", 2, LATER);

        // Then
        assertThat(after.list()).containsExactly(new Condition(
                EARLIER,
                "nor this",
                2L,
                Reason.PRUNE_FAILED,
                Condition.Status.FALSE,
                ConditionType.READY));
    }

    @Test
    void transitionTimeIsThatOfTheChangeOfStatusInWholeSeconds() {
        // Given
        Conditions before = Conditions.none().withUnknown(ConditionType.READY, Reason.PROGRESSING, "", 1, EARLIER);

        // When
        Conditions after = before.withTrue(ConditionType.READY, Reason.SUCCEEDED, "", 1, LATER);

        // Then
        assertThat(after.find(ConditionType.READY).orElseThrow().lastTransitionTime())
                .isEqualTo("2026-01-01T00:10:00Z");
    }

    @Test
    void orderIsThatOfFlux() {
        // When
        Conditions conditions = Conditions.none()
                .withTrue(ConditionType.HEALTHY, Reason.SUCCEEDED, "", 1, EARLIER)
                .withTrue(ConditionType.READY, Reason.SUCCEEDED, "", 1, EARLIER)
                .withTrue(ConditionType.ARTIFACT_IN_STORAGE, Reason.SUCCEEDED, "", 1, EARLIER)
                .withTrue(ConditionType.STALLED, Reason.CONFLICT, "", 1, EARLIER)
                .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING, "", 1, EARLIER);

        // Then
        assertThat(conditions.list()).extracting(Condition::type)
                .containsExactly("Reconciling", "Stalled", "Ready", "ArtifactInStorage", "Healthy");
    }

    @Test
    void aConditionCanBeRemoved() {
        // Given
        Conditions before = Conditions.none()
                .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING, "", 1, EARLIER)
                .withTrue(ConditionType.READY, Reason.SUCCEEDED, "", 1, EARLIER);

        // When
        Conditions after = before.without(ConditionType.RECONCILING);

        // Then
        assertThat(before.isTrue(ConditionType.RECONCILING)).isTrue();
        assertThat(after.find(ConditionType.RECONCILING)).isEmpty();
        assertThat(after.isTrue(ConditionType.READY)).isTrue();
        assertThat(after.isFalse(ConditionType.READY)).isFalse();
    }

    @Test
    void longMessagesAreCutBetweenCharacters() {
        // When
        Conditions conditions = Conditions.none()
                .withFalse(ConditionType.READY, Reason.BUILD_FAILED, "x" + "\ud83d\ude80".repeat(15_000), 1, EARLIER);

        // Then
        String message = conditions.find(ConditionType.READY).orElseThrow().message();
        assertThat(message).hasSizeLessThanOrEqualTo(20_000).endsWith("\ud83d\ude80\u2026");
    }

    @Test
    void oneOfATypeIsTheMost() {
        // Given
        Condition condition = new Condition(EARLIER, "", 1L, Reason.FAILED, Condition.Status.FALSE,
                ConditionType.READY);

        // Then
        assertThatThrownBy(() -> new Conditions(List.of(condition, condition)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Ready");
    }

    @Test
    void jsonIsThatOfKubernetes() throws Exception {
        // Given
        ObjectMapper json = new ObjectMapper();
        Condition condition = new Condition(LATER, "ok", 3L, Reason.SUCCEEDED, Condition.Status.TRUE,
                ConditionType.READY);

        // When
        String written = json.writeValueAsString(condition);

        // Then
        assertThat(json.readTree(written)).isEqualTo(json.readTree("""
                {"lastTransitionTime": "2026-01-01T00:10:00Z", "message": "ok", "observedGeneration": 3,
                 "reason": "Succeeded", "status": "True", "type": "Ready"}"""));
        assertThat(json.readValue(written.replace("10:00Z", "10:00.5+00:00"), Condition.class).lastTransitionTime())
                .isEqualTo("2026-01-01T00:10:00.5Z");
    }
}
