package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void labelsAndValuesAreRead() {
        // Given
        String text = """
                # HELP requests_total How many.
                # TYPE requests_total counter
                requests_total{verb="GET",resource="pods"} 12
                requests_total{verb="LIST",resource="pods",} 1.5e+06 1700000000000
                """;

        // Then
        assertThat(Sample.read(text, "requests_total")).containsExactly(
                new Sample("requests_total", Map.of("verb", "GET", "resource", "pods"), 12),
                new Sample("requests_total", Map.of("verb", "LIST", "resource", "pods"), 1_500_000));
    }

    @Test
    void labelsMayBeMissing() {
        assertThat(Sample.read("up 1\nidle{} +Inf\n", "up", "idle")).containsExactly(
                new Sample("up", Map.of(), 1), new Sample("idle", Map.of(), Double.POSITIVE_INFINITY));
    }

    @Test
    void escapesInLabelsAreUndone() {
        assertThat(Sample.read("a{b=\"one \\\"two\\\", {three}\\\\ \\nfour\"} 1", "a"))
                .containsExactly(new Sample("a", Map.of("b", "one \"two\", {three}\\ \nfour"), 1));
    }

    @Test
    void metricsWhoseNamesOnlyBeginSoAreOthers() {
        assertThat(Sample.read("requests 1\nrequests_total 2\n", "requests"))
                .containsExactly(new Sample("requests", Map.of(), 1));
    }

    @Test
    void whatIsNoSampleIsPassedOver() {
        assertThat(Sample.read("a{ 1\na one\na\n", "a")).isEmpty();
    }
}
