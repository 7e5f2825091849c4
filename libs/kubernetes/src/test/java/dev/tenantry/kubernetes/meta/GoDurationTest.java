package dev.tenantry.kubernetes.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
            "0, PT0S, 0s",
            "0s, PT0S, 0s",
            "-0, PT0S, 0s",
            "60s, PT1M, 1m0s",
            "1h, PT1H, 1h0m0s",
            "1h2m3.5s, PT1H2M3.5S, 1h2m3.5s",
            "90m, PT1H30M, 1h30m0s",
            "1.5h, PT1H30M, 1h30m0s",
            ".5s, PT0.5S, 500ms",
            "5.s, PT5S, 5s",
            "+5s, PT5S, 5s",
            "-1m30s, PT-1M-30S, -1m30s",
            "3s1m, PT1M3S, 1m3s",
            "1500ms, PT1.5S, 1.5s",
            "20ms, PT0.02S, 20ms",
            "1.5us, PT0.0000015S, 1.5\u00b5s",
            "1.5\u00b5s, PT0.0000015S, 1.5\u00b5s",
            "1.5\u03bcs, PT0.0000015S, 1.5\u00b5s",
            "12ns, PT0.000000012S, 12ns",
            "0.3ns, PT0S, 0s",
            "2540400h10m10.000000000s, PT2540400H10M10S, 2540400h10m10s",
            "9223372036854775807ns, PT2562047H47M16.854775807S, 2562047h47m16.854775807s"})
    void readsAndPrintsAsGoDoes(String text, Duration value, String printed) {
        assertThat(GoDuration.parse(text).value()).isEqualTo(value);
        assertThat(new GoDuration(value)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "3", "s", ".s", "+.s", "1x", "1h 2m", "1d", "1,5s", "--1s", "1s-2s"})
    void otherTextsAreNoDurations(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a duration such as 30s, 10m or 1h30m");
    }

    @Test
    void durationsBeyond64BitsOfNanosecondsAreRefused() {
        assertThatThrownBy(() -> GoDuration.parse("2562048h")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GoDuration(Duration.ofDays(200_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isATextInJson() throws Exception {
        // Given
        ObjectMapper json = new ObjectMapper();

        // Then
        assertThat(json.writeValueAsString(GoDuration.ofSeconds(90))).isEqualTo("\"1m30s\"");
        assertThat(json.readValue("\"90s\"", GoDuration.class)).isEqualTo(GoDuration.ofSeconds(90));
    }
}
