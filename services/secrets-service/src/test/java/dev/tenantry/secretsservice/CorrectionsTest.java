package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.time.MovableClock;

class CorrectionsTest {

    private final MovableClock clock = new MovableClock();
    private final Corrections corrections = new Corrections(true, clock);

    @Test
    void threeInFiveMinutesAreMadeAtOnceAndTheNextWaitsForTheFirstToBeFiveMinutesOld() {
        // Given
        for (int minute = 0; minute < 3; minute++) {
            assertThat(corrections.delay(NAME)).isZero();
            clock.forward(Duration.ofMinutes(1));
        }

        // When
        Duration delay = corrections.delay(NAME);

        // Then
        assertThat(delay).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void afterFiveMinutesTheyAreMadeAtOnceAgain() {
        // Given
        exhaust();
        clock.forward(Duration.ofMinutes(5).plusSeconds(1));

        // When
        Duration delay = corrections.delay(NAME);

        // Then
        assertThat(delay).isZero();
    }

    @Test
    void ofEachNameTheyAreCountedApart() {
        // Given
        exhaust();

        // When
        Duration delay = corrections.delay(new NamespacedName("team-b", "database"));

        // Then
        assertThat(delay).isZero();
    }

    @Test
    void whatIsForgottenBeginsAnew() {
        // Given
        exhaust();
        corrections.forget(NAME);

        // When
        Duration delay = corrections.delay(NAME);

        // Then
        assertThat(delay).isZero();
    }

    private void exhaust() {
        for (int i = 0; i < 3; i++) {
            corrections.delay(NAME);
        }
    }
}
