package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    private static boolean contains(String range, String version) {
        return VersionRange.parse(range).contains(Version.parse(version).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "3.1.4; 3.1.4", "v3.1.4; 3.1.4", "=3.1; 3.1.9", "3; 3.9.9", "3.x; 3.0.0", "3.1.*; 3.1.7", "*; 0.0.1",
            "!=3.1.4; 3.1.5", "!=3.x; 4.0.0", ">3.1; 3.2.0", ">=3.1; 3.1.0", "<3.1; 3.0.9", "<=3.1; 3.1.9",
            "=<3; 2.0.0",
            "=>3; 3.0.0", "~3.1.4; 3.1.9", "~>3.1; 3.1.0", "~3; 3.9.0", "^3.1; 3.9.9", "^0.3.1; 0.3.9", "^0.0.3; 0.0.3",
            "^0; 0.9.0", "3.0 - 3.5; 3.5.9", ">=3.0, <4; 3.9.9", ">=3.0 <4; 3.0.0", "<1 || >=3; 3.0.0",
            ">=3.0.0-0; 3.1.0-rc.1", "^3.1.0-beta; 3.2.0-alpha", ">=3.0.0-0 <5; 4.0.0-rc.1", "3.1.4; 3.1.4+build.7"})
    void containsWhatMastermindsDoes(String range, String version) {
        assertThat(contains(range, version)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "3.1.4; 3.1.5", "=3.1; 3.2.0", "3; 4.0.0", "3.1.*; 3.2.0", "*; 1.0.0-rc.1", "!=3.1.4; 3.1.4",
            "!=3.x; 3.5.0",
            ">3.1; 3.1.9", ">3; 3.5.0", ">=3.1; 3.0.9", "<3.1; 3.1.0", "<=3.1; 3.2.0", "~3.1.4; 3.2.0", "~3.1.4; 3.1.3",
            "^3.1; 4.0.0", "^3.1; 3.0.9", "^0.3.1; 0.4.0", "^0.0.3; 0.0.4", "3.0 - 3.5; 3.6.0", ">=3.0, <4; 4.0.0",
            "<1 || >=3; 2.0.0", ">=3; 3.1.0-rc.1", "^3.1.0-beta; 3.1.0-alpha", "3.1-4; 4.0.0"})
    void doesNotContain(String range, String version) {
        assertThat(contains(range, version)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "newest", ">=", "1.2.3.4", ">= one", "1.2 ||", "~> ~1", "1..2", "1.2.3-01"})
    void whatIsNoRangeIsSaid(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version");
    }

    @Test
    void versionsAreOrderedByPrecedence() {
        // Given: the order that Semantic Versioning 2.0.0 gives in its item 11, and beyond
        List<String> ordered = List.of("0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
                "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0");

        // When
        Stream<Version> sorted = ordered.reversed().stream().map(text -> Version.parse(text).orElseThrow()).sorted();

        // Then
        assertThat(sorted).extracting(Version::toString).containsExactlyElementsOf(ordered);
    }

    @Test
    void tagsNeedThreeNumbers() {
        assertThat(Version.ofTag("v1.2.3")).isPresent();
        assertThat(Version.ofTag("1.2.3-rc.1+5")).isPresent();
        assertThat(Version.ofTag("1.2")).isEmpty();
        assertThat(Version.ofTag("01.2.3")).isEmpty();
        assertThat(Version.ofTag("release-1.2.3")).isEmpty();
    }
}
