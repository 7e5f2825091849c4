package dev.tenantry.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class LeaseElectionTest {

    private static final LeaseElection.Timing TIMING = LeaseElection.Timing.DEFAULT;

    private final TickingClock clock = new TickingClock();
    private final OneLease lease = new OneLease();
    private final Replica first = new Replica("replica-1");
    private final Replica second = new Replica("replica-2");

    @Test
    void nobodyTouchesTheLeaseBeforePatienceIsOver() {
        // Given
        clock.pass(Duration.ofSeconds(14));

        // When
        first.election.step();

        // Then
        assertThat(lease.held).isEmpty();
        assertThat(first.owns()).isFalse();
    }

    @Test
    void theFirstToAskOwnsAllAndTheSecondNothing() {
        // Given
        clock.pass(Duration.ofSeconds(15));

        // When
        first.election.step();
        second.election.step();

        // Then
        assertThat(first.owns()).isTrue();
        assertThat(second.owns()).isFalse();
    }

    @Test
    void whoIsFasterBetweenReadAndWriteWins() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        lease.beforeWrite = second.election::step;

        // When
        first.election.step();

        // Then
        assertThat(first.owns()).isFalse();
        assertThat(second.owns()).isTrue();
    }

    @Test
    void aRenewedLeaseStaysWithItsHolder() {
        // Given
        clock.pass(Duration.ofSeconds(15));

        // When
        for (int second = 0; second < 60; second += 2) {
            first.election.step();
            this.second.election.step();
            clock.pass(Duration.ofSeconds(2));
        }

        // Then
        assertThat(first.owns()).isTrue();
        assertThat(second.owns()).isFalse();
    }

    @Test
    void aLeaseThatIsNotRenewedForItsDurationIsTaken() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();
        second.election.step();

        // When
        clock.pass(TIMING.duration().minusMillis(1));
        second.election.step();
        boolean early = second.owns();
        clock.pass(Duration.ofMillis(1));
        second.election.step();

        // Then
        assertThat(early).isFalse();
        assertThat(second.owns()).isTrue();
    }

    @Test
    void aHolderThatComesBackAfterItsLeaseWasTakenLetsGo() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();
        second.election.step();
        clock.pass(TIMING.duration());
        second.election.step();

        // When
        first.election.step();

        // Then
        assertThat(first.owns()).isFalse();
    }

    @Test
    void aHolderThatCannotRenewStopsBelievingInItsLeaseBeforeOthersMayTakeIt() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();
        lease.unreachable = true;

        // When
        clock.pass(TIMING.duration().minus(TIMING.retry().multipliedBy(2)).minusMillis(1));
        first.election.step();
        boolean before = first.owns();
        clock.pass(Duration.ofMillis(1));
        first.election.step();

        // Then
        assertThat(before).isTrue();
        assertThat(first.owns()).isFalse();
    }

    @Test
    void theLeaseIsGivenBackWhenTheBrokerAnswersAndIsFreeAtOnce() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();
        second.election.step();

        // When
        first.ownership.assigned(List.of(0));
        first.election.step();
        second.election.step();

        // Then
        assertThat(first.owns()).isTrue();
        assertThat(second.owns()).isTrue();
        assertThat(lease.holder()).contains("replica-2");
    }

    @Test
    void anotherHoldersLeaseIsNotGivenBack() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();
        second.election.step();
        clock.pass(TIMING.duration());
        second.election.step();

        // When
        first.election.close();

        // Then
        assertThat(lease.holder()).contains("replica-2");
    }

    @Test
    void closingGivesTheLeaseBackAndOwnsNothing() {
        // Given
        clock.pass(Duration.ofSeconds(15));
        first.election.step();

        // When
        first.election.close();

        // Then
        assertThat(lease.holder()).isEmpty();
        assertThat(first.owns()).isFalse();
    }

    @Test
    void aLeaseThatCannotBeRenewedInTimeIsRefused() {
        assertThatThrownBy(() -> new LeaseElection.Timing(Duration.ofSeconds(5), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Lease of PT5S cannot be renewed every PT2S");
    }

    private final class Replica {

        final Ownership ownership = new Ownership(1, key -> 0, Duration.ofSeconds(15), clock);
        final LeaseElection election;

        Replica(String identity) {
            election = new LeaseElection(ownership, lease, identity, TIMING, clock);
        }

        boolean owns() {
            return !ownership.partitions().isEmpty();
        }
    }

    /** A Lease in memory, whose resourceVersion grows with each write. */
    private static final class OneLease implements Leases {

        Optional<HeldLease> held = Optional.empty();
        boolean unreachable;
        Runnable beforeWrite = () -> {};
        private int version;

        Optional<String> holder() {
            return held.flatMap(HeldLease::holder);
        }

        @Override
        public Optional<HeldLease> read() {
            failIfUnreachable();
            return held;
        }

        @Override
        public boolean write(Optional<HeldLease> found, String holder, Duration duration, Instant now) {
            failIfUnreachable();
            Runnable others = beforeWrite;
            beforeWrite = () -> {};
            others.run();
            if (!found.equals(held)) {
                return false;
            }
            held = Optional.of(new HeldLease(Optional.of(holder), duration, Integer.toString(++version)));
            return true;
        }

        @Override
        public void release(HeldLease read) {
            failIfUnreachable();
            if (held.filter(read::equals).isPresent()) {
                held = Optional.of(new HeldLease(Optional.empty(), read.duration(), Integer.toString(++version)));
            }
        }

        private void failIfUnreachable() {
            if (unreachable) {
                throw new IllegalStateException("no route to the API server");
            }
        }
    }
}
