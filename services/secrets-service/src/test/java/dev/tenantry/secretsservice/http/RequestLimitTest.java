package dev.tenantry.secretsservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.testkit.time.MovableClock;

class RequestLimitTest {

    private final RequestLimit limit = new RequestLimit(new TwoAtOnce(), new MovableClock());

    @Test
    void whatOneClientIsRefusedTakesNothingOfTheOthersBehindTheApiServer() {
        // When
        IntStream.range(0, 100).forEach(each -> limit.allows("verify", "10.0.0.1", "192.0.2.1"));

        // Then
        assertThat(limit.allows("verify", "10.0.0.1", "192.0.2.1")).isFalse();
        assertThat(limit.allows("verify", "10.0.0.1", "192.0.2.2")).isTrue();
    }

    @Test
    void whatAClientWritesBeforeItsAddressGivesItNoMore() {
        // Given
        limit.allows("verify", "10.0.0.1", "203.0.113.1, 192.0.2.1");
        limit.allows("verify", "10.0.0.1", "203.0.113.2, 192.0.2.1");

        // When / Then
        assertThat(limit.allows("verify", "10.0.0.1", "203.0.113.3, 192.0.2.1")).isFalse();
    }

    @Test
    void onePeerHasItsLimitWhateverItForwardsFor() {
        // When
        long allowed = IntStream.range(0, 100)
                .filter(each -> limit.allows("verify", "10.0.0.9", "192.0.2." + each))
                .count();

        // Then
        assertThat(allowed).isEqualTo(20);
    }

    @Test
    void whatIsNoAddressIsNotRemembered() {
        // When
        long allowed = IntStream.range(0, 100)
                .filter(each -> limit.allows("verify", "10.0.0.9", "x".repeat(1000) + each))
                .count();

        // Then
        assertThat(allowed).isEqualTo(2);
    }

    @Test
    void slowBodiesLeaveThreadsForTheRest() {
        // Given
        IntStream.range(0, 32).forEach(each -> assertThat(limit.beginReading()).isTrue());

        // When / Then
        assertThat(limit.beginReading()).isFalse();
        limit.endReading();
        assertThat(limit.beginReading()).isTrue();
    }

    private static final class TwoAtOnce implements SecretsServiceConfig.Http {

        @Override
        public int mostBytes() {
            return 1;
        }

        @Override
        public int burst() {
            return 2;
        }

        @Override
        public Duration refill() {
            return Duration.ofMillis(500);
        }
    }
}
