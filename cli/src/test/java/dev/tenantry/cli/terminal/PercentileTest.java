package dev.tenantry.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class PercentileTest {

    @Test
    void itIsTheSmallestValueThatThePartDoesNotExceed() {
        // Given
        List<Duration> hundred = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList().reversed();

        // Then
        assertThat(Percentile.of(hundred, 0.5)).isEqualTo(Duration.ofMillis(50));
        assertThat(Percentile.of(hundred, 0.99)).isEqualTo(Duration.ofMillis(99));
        assertThat(Percentile.of(hundred, 1)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void ofFewValuesHighPercentilesAreTheLargest() {
        assertThat(Percentile.of(List.of(Duration.ofMillis(3), Duration.ofMillis(1)), 0.99))
                .isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void ofNoValuesItIsZero() {
        assertThat(Percentile.of(List.of(), 0.5)).isZero();
    }
}
