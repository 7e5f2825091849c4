package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControllerCountsTest {

    @Test
    void objectsCountAsAppliedAlsoWhereThatChangedNothing() {
        assertThat(ControllerCounts.read("""
                reconciler_builds_total 5.0
                reconciler_objects_total{action="created"} 8.0
                reconciler_objects_total{action="configured"} 3.0
                reconciler_objects_total{action="confirmed"} 1.0
                reconciler_objects_total{action="unchanged"} 100.0
                reconciler_objects_total{action="pruned"} 2.0
                """)).isEqualTo(new ControllerCounts(5, 12));
    }

    @Test
    void aReconcilerThatHasDoneNothingShowsNoCounters() {
        assertThat(ControllerCounts.read("reconciler_queue_waiting 0.0\n")).isEqualTo(ControllerCounts.NONE);
    }
}
