package dev.tenantry.reconciler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class SharesTest {

    private static final Duration SHARING = Duration.ofMinutes(1);

    private long now = Long.MAX_VALUE - 1;
    private final Shares shares = new Shares(new Limits(8, 4, 2, SHARING), () -> now);

    @Test
    void aTeamThatIsAloneMayHaveAllThatATeamCanUse() {
        // Given
        start("a", 3);

        // Then
        assertThat(shares.mayStart("a")).isTrue();
        start("a", 1);
        assertThat(shares.mayStart("a")).isFalse();
    }

    @Test
    void whileAnotherTeamRunsItGetsItsShare() {
        // Given
        start("a", 2);

        // When
        start("b", 1);

        // Then
        assertThat(shares.mayStart("a")).isFalse();
        assertThat(shares.mayStart("b")).isTrue();
    }

    @Test
    void theRoomStaysForAWhileAfterTheOthersLastRun() {
        // Given
        start("b", 1);
        shares.ended(work("b", Cause.REVISION));
        start("a", 2);

        // When
        now += SHARING.toNanos() - 1;

        // Then
        assertThat(shares.mayStart("a")).isFalse();
    }

    @Test
    void afterThatTheTeamIsAloneAgain() {
        // Given
        start("b", 1);
        shares.ended(work("b", Cause.REVISION));
        start("a", 2);

        // When
        now += SHARING.toNanos() + 1;

        // Then
        assertThat(shares.mayStart("a")).isTrue();
    }

    @Test
    void whatComesByTimeOrOnlyAdvancesARevisionIsNobodyAtWork() {
        // Given
        shares.started(work("b", Cause.INTERVAL));
        shares.started(work("b", Cause.REVISION).in(Lane.BOOKKEEPING));

        // When
        start("a", 3);

        // Then
        assertThat(shares.mayStart("a")).isTrue();
    }

    private void start(String team, int runs) {
        for (int i = 0; i < runs; i++) {
            shares.started(work(team, Cause.REVISION));
        }
    }

    private static WorkItem work(String team, Cause cause) {
        return WorkItem.of(new NamespacedName(team, "target"), team, cause);
    }
}
