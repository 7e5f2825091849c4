package dev.tenantry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.time.MovableClock;

class RateLimitTest {

    private final MovableClock clock = new MovableClock();
    private final RateLimit limit = new RateLimit(2, Duration.ofSeconds(1), clock);

    @Test
    void aBurstIsTakenAndTheNextCallIsNot() {
        // When
        boolean[] taken = {limit.allows("a"), limit.allows("a"), limit.allows("a")};

        // Then
        assertThat(taken).containsExactly(true, true, false);
    }

    @Test
    void oneMoreIsTakenAfterTheRefill() {
        // Given
        limit.allows("a");
        limit.allows("a");

        // When
        clock.forward(Duration.ofSeconds(1));

        // Then
        assertThat(limit.allows("a")).isTrue();
        assertThat(limit.allows("a")).isFalse();
    }

    @Test
    void keysDoNotShareTheirLimits() {
        // Given
        limit.allows("a");
        limit.allows("a");

        // When
        boolean other = limit.allows("b");

        // Then
        assertThat(other).isTrue();
    }

    @Test
    void anUnusedBucketHoldsNoMoreThanABurst() {
        // Given
        limit.allows("a");
        clock.forward(Duration.ofHours(1));

        // When
        boolean[] taken = {limit.allows("a"), limit.allows("a"), limit.allows("a")};

        // Then
        assertThat(taken).containsExactly(true, true, false);
    }
}
