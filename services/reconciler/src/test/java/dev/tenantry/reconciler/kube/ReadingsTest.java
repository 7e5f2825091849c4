package dev.tenantry.reconciler.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.health.Health;
import dev.tenantry.reconciler.kube.Readings.Reading;

class ReadingsTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");
    private static final Health CURRENT = new Health.Current();
    private static final Health PROGRESS = new Health.InProgress("1 of 2");

    private final Readings readings = new Readings();

    @BeforeEach
    void aTargetWaits() {
        readings.join(TARGET, "web");
        readings.synced();
    }

    @Test
    void whatTheObjectWasBeforeOurWriteTellsNothing() {
        // When
        readings.seen("web", new Reading(CURRENT, "9"));

        // Then
        assertThat(readings.of("web", "10").health()).isInstanceOf(Health.InProgress.class);
        assertThat(readings.of("web", "9").health()).isEqualTo(CURRENT);
        assertThat(readings.of("web", "").health()).isEqualTo(CURRENT);
    }

    @Test
    void anObjectThatWasJustWrittenIsNotMissing() {
        assertThat(readings.of("web", "10").health()).isInstanceOf(Health.InProgress.class);
        assertThat(readings.of("web", "").health()).isInstanceOf(Health.NotFound.class);
    }

    @Test
    void theNewVersionOfAHealthyObjectWakesWhoWaitsForIt() {
        // Given
        readings.seen("web", new Reading(CURRENT, "9"));

        // When
        var woken = readings.seen("web", new Reading(CURRENT, "10"));

        // Then
        assertThat(woken).containsExactly(TARGET);
    }

    @Test
    void stepsOfARolloutWakeNobody() {
        // Given
        readings.seen("web", new Reading(PROGRESS, "9"));

        // When
        var woken = readings.seen("web", new Reading(PROGRESS, "10"));

        // Then
        assertThat(woken).isEmpty();
        assertThat(readings.gone("web")).containsExactly(TARGET);
    }

    @Test
    void aCutSaysWhyNothingIsKnown() {
        // When
        var woken = readings.interrupted("cannot be watched: forbidden");

        // Then
        assertThat(woken).containsExactly(TARGET);
        assertThat(readings.of("web", "1").health())
                .isEqualTo(new Health.InProgress("cannot be watched: forbidden"));
    }

    @Test
    void whoHasLeftIsNotWoken() {
        // When
        boolean alone = readings.leave(TARGET);

        // Then
        assertThat(alone).isTrue();
        assertThat(readings.isIdle()).isTrue();
        assertThat(readings.seen("web", new Reading(CURRENT, "9"))).isEmpty();
    }
}
