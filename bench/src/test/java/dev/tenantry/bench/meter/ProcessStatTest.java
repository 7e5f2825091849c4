package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

    @Test
    void timesOfTheProcessAndOfItsEndedChildrenAreAddedUp() {
        assertThat(ProcessStat.parse("""
                4711 (java) S 42 4711 4711 0 -1 4194560 9 9 9 9 1000 200 30 4 20 0 31 0 987654 1 2 3
                """)).isEqualTo(new ProcessStat(42, 1234, 987654));
    }

    @Test
    void theNameMayHoldBracketsAndBlanks() {
        assertThat(ProcessStat.parse("7 (a) S 1 (b c) R 6 0 0 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 99").parent())
                .isEqualTo(6);
    }
}
