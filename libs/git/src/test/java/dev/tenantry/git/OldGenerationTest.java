package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

class OldGenerationTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void whatHasGrownByAQuarterIsWorthTidying() {
        assertThat(OldGeneration.hasGrownByAQuarter(60 * MIB, 40 * MIB)).isTrue();
        assertThat(OldGeneration.hasGrownByAQuarter(50 * MIB, 40 * MIB)).isFalse();
    }

    @Test
    void aBurstMayDoubleIt() {
        assertThat(OldGeneration.hasMoreThanDoubled(100 * MIB, 40 * MIB)).isTrue();
        assertThat(OldGeneration.hasMoreThanDoubled(90 * MIB, 40 * MIB)).isFalse();
    }

    @Test
    void littleIsLeftAlone() {
        assertThat(OldGeneration.hasGrownByAQuarter(4 * MIB, 0)).isFalse();
        assertThat(OldGeneration.hasMoreThanDoubled(16 * MIB, 0)).isFalse();
    }

    @Test
    void whatIsAliveIsNotCollectedAgainAndAgain() {
        // Given
        OldGeneration.tidy();
        long before = collections();

        // When
        OldGeneration.tidy();
        OldGeneration.bound();

        // Then
        assertThat(collections()).isEqualTo(before);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans()
                .stream()
                .filter(collector -> collector.getName().equals("MarkSweepCompact"))
                .mapToLong(collector -> collector.getCollectionCount())
                .sum();
    }
}
