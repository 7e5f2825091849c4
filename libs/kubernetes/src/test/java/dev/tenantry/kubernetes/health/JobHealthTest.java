package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

class JobHealthTest {

    @Test
    void aJobIsCurrentWhenItHasCompletedNotWhenItRuns() {
        assertThat(job("{}", "{}")).isEqualTo(new InProgress("not started"));
        assertThat(job("{completions: 3}", "{startTime: \"2026-01-01T00:00:00Z\", succeeded: 1}"))
                .isEqualTo(new InProgress("succeeded: 1/3"));
        assertThat(job("{completions: 3}", "{succeeded: 3, conditions: [{type: Complete, status: \"True\"}]}"))
                .isEqualTo(new Current());
    }

    @Test
    void aJobThatHasFailedIsAFailure() {
        assertThat(job("{parallelism: 2}", """
                {failed: 2, conditions: [
                  {type: Failed, status: "True", reason: BackoffLimitExceeded, message: no more tries}]}
                """.strip())).isEqualTo(new Failed("failed: 2/2, no more tries"));
    }

    @Test
    void aJobThatIsMeantNotToRunIsCurrent() {
        assertThat(job("{suspend: true}", "{}")).isEqualTo(new Current());
    }

    private static Health job(String spec, String status) {
        return health("batch/v1", "Job", "spec: " + spec + "\nstatus: " + status);
    }
}
