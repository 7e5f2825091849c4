package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

class OldGenerationTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void whatHasGrownByHalfIsCollected() {
        assertThat(OldGeneration.isWorthIt(70 * MIB, 40 * MIB)).isTrue();
        assertThat(OldGeneration.isWorthIt(60 * MIB, 40 * MIB)).isFalse();
    }

    @Test
    void littleIsLeftAlone() {
        assertThat(OldGeneration.isWorthIt(4 * MIB, 0)).isFalse();
    }

    @Test
    void whatIsAliveIsNotCollectedAgainAndAgain() {
        // Given
        OldGeneration.tidy();
        long before = collections();

        // When
        OldGeneration.tidy();

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
