package dev.tenantry.secretsservice.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausesTest {

    private final Pauses pauses = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "9, PT4M16S", "10, PT5M", "40, PT5M", "1000000, PT5M"})
    void aPauseDoublesUntilTheLongest(int failures, Duration pause) {
        assertThat(pauses.after(failures)).isEqualTo(pause);
    }

    @Test
    void aFirstPauseThatIsLongerThanTheLongestIsTheLongest() {
        assertThat(new Pauses(Duration.ofHours(1), Duration.ofMinutes(5)).after(1)).isEqualTo(Duration.ofMinutes(5));
    }
}
