package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.known;
import static dev.tenantry.secretsservice.Examples.sealed;
import static dev.tenantry.secretsservice.Examples.synced;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.testkit.time.MovableClock;

class StatusesTest {

    private static final Outcome SYNCED = new Outcome.Synced(Outcome.Change.NONE, List.of());

    private final Statuses statuses = new Statuses(new MovableClock());

    @Test
    void aFirstSuccessSaysSinceWhenAndOfWhichGeneration() {
        // When
        ObjectNode status = statuses.of(known(sealed()), SYNCED).orElseThrow();

        // Then
        assertThat(status.path("observedGeneration").asLong()).isEqualTo(1);
        assertThat(condition(status)).hasToString("{\"type\":\"Synced\",\"status\":\"True\","
                + "\"lastUpdateTime\":\"2026-03-01T12:00:00Z\",\"lastTransitionTime\":\"2026-03-01T12:00:00Z\","
                + "\"reason\":\"Unsealed\",\"message\":\"\"}");
    }

    @Test
    void theSameAgainIsNothingToWrite() {
        assertThat(statuses.of(known(synced(sealed(), "True", "Unsealed")), SYNCED)).isEmpty();
        assertThat(statuses.of(known(synced(sealed(), "False", "Damaged")), failed("Damaged", ""))).isEmpty();
    }

    @Test
    void aSuccessThatTheOriginalWroteWithoutAReasonIsAsGood() {
        assertThat(statuses.of(known(synced(sealed(), "True", "")), SYNCED)).isEmpty();
    }

    @Test
    void aSuccessOfAnEarlierGenerationIsWrittenAnewAndStillHoldsSinceThen() {
        // Given
        Manifest edited = changed(synced(sealed(), "True", "Unsealed"),
                json -> json.withObjectProperty("metadata").put("generation", 2));

        // When
        ObjectNode status = statuses.of(known(edited), SYNCED).orElseThrow();

        // Then
        assertThat(status.path("observedGeneration").asLong()).isEqualTo(2);
        assertThat(condition(status).path("lastTransitionTime").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(condition(status).path("lastUpdateTime").asText()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void aFailureAfterASuccessIsATransition() {
        // When
        ObjectNode status = statuses.of(known(synced(sealed(), "True", "Unsealed")), failed("Damaged", "cut short"))
                .orElseThrow();

        // Then
        assertThat(condition(status).path("status").asText()).isEqualTo("False");
        assertThat(condition(status).path("reason").asText()).isEqualTo("Damaged");
        assertThat(condition(status).path("message").asText()).isEqualTo("cut short");
        assertThat(condition(status).path("lastTransitionTime").asText()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void whatIsWaitedForIsFalseToo() {
        // When
        ObjectNode status = statuses.of(known(sealed()),
                new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", "the API server is away")).orElseThrow();

        // Then
        assertThat(condition(status).path("status").asText()).isEqualTo("False");
        assertThat(condition(status).path("reason").asText()).isEqualTo("UpdateFailed");
    }

    @Test
    void aMessageThatIsCutIsTheSameAgain() {
        // Given
        Outcome failed = failed("Damaged", "x".repeat(10_000));
        ObjectNode status = statuses.of(known(sealed()), failed).orElseThrow();
        Manifest written = changed(sealed(), json -> json.set("status", status));

        // When
        Optional<ObjectNode> again = statuses.of(known(written), failed);

        // Then
        assertThat(condition(status).path("message").asText()).hasSize(4096).endsWith("…");
        assertThat(again).isEmpty();
        assertThat(Examples.observation(written, failed, Examples.Drift.NO).isNews()).isFalse();
    }

    private static Outcome failed(String reason, String message) {
        return new Outcome.Failed(Outcome.Step.UNSEAL, reason, message, List.of());
    }

    private static JsonNode condition(ObjectNode status) {
        return status.path("conditions").path(0);
    }
}
