package dev.tenantry.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class OwnershipTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final NamespacedName IN_1 = new NamespacedName("team-a", "1");
    private static final NamespacedName IN_2 = new NamespacedName("team-a", "2");

    private final TickingClock clock = new TickingClock();
    /** Four partitions; an object's name is its partition. */
    private final Ownership ownership = new Ownership(4, key -> Integer.parseInt(key.name()), PATIENCE, clock);
    private final List<String> heard = new ArrayList<>();

    OwnershipTest() {
        ownership.listen(new Ownership.Listener() {
            @Override
            public void gained(Set<Integer> partitions) {
                heard.add("gained " + new TreeSet<>(partitions));
            }

            @Override
            public void lost(Set<Integer> partitions) {
                heard.add("lost " + new TreeSet<>(partitions));
            }
        });
    }

    @Test
    void nothingIsOwnedAtFirst() {
        assertThat(ownership.owns(IN_1)).isFalse();
        assertThat(ownership.partitions()).isEmpty();
        assertThat(ownership.describe()).isEqualTo("waits for the broker since 2026-01-02T12:00:00Z");
    }

    @Test
    void anAssignmentOwnsTheObjectsOfItsPartitions() {
        // When
        ownership.assigned(List.of(0, 1));

        // Then
        assertThat(ownership.owns(IN_1)).isTrue();
        assertThat(ownership.owns(IN_2)).isFalse();
        assertThat(heard).containsExactly("gained [0, 1]");
        assertThat(ownership.describe()).isEqualTo("has 2 of 4 partitions");
    }

    @Test
    void aCooperativeRebalanceMovesOnlyWhatMoves() {
        // Given
        ownership.assigned(List.of(0, 1));

        // When
        ownership.revoked(List.of(1));
        ownership.assigned(List.of(2));

        // Then
        assertThat(ownership.partitions()).containsExactlyInAnyOrder(0, 2);
        assertThat(heard).containsExactly("gained [0, 1]", "lost [1]", "gained [2]");
    }

    @Test
    void anEagerRebalanceGivesAllBackBefore() {
        // Given
        ownership.assigned(List.of(0, 1));

        // When
        ownership.revoked(List.of(0, 1));
        ownership.assigned(List.of(1, 2));

        // Then
        assertThat(heard).containsExactly("gained [0, 1]", "lost [0, 1]", "gained [1, 2]");
    }

    @Test
    void aRepeatedAssignmentIsNoNews() {
        // Given
        ownership.assigned(List.of(0, 1));

        // When
        ownership.assigned(List.of(0, 1));
        ownership.assigned(List.of());

        // Then
        assertThat(heard).containsExactly("gained [0, 1]");
    }

    @Test
    void lostPartitionsAreLetGoLikeRevokedOnes() {
        // Given
        ownership.assigned(List.of(0, 1));

        // When
        ownership.lost(List.of(0, 1));

        // Then
        assertThat(ownership.partitions()).isEmpty();
        assertThat(heard).containsExactly("gained [0, 1]", "lost [0, 1]");
    }

    @Test
    void listenersHearOfAChangeWhenOwnsAnswersByIt() {
        // Given
        List<Boolean> answers = new ArrayList<>();
        ownership.listen(new Ownership.Listener() {
            @Override
            public void gained(Set<Integer> partitions) {
                answers.add(ownership.owns(IN_1));
            }

            @Override
            public void lost(Set<Integer> partitions) {
                answers.add(ownership.owns(IN_1));
            }
        });

        // When
        ownership.assigned(List.of(1));
        ownership.revoked(List.of(1));

        // Then
        assertThat(answers).containsExactly(true, false);
    }

    @Test
    void aListenerThatFailsKeepsNoOtherFromHearing() {
        // Given
        Ownership failing = new Ownership(4, key -> 0, PATIENCE, clock);
        List<Integer> others = new ArrayList<>();
        failing.listen(listener(partitions -> {
            throw new IllegalStateException("a bug");
        }));
        failing.listen(listener(others::addAll));

        // When
        failing.assigned(List.of(3));

        // Then
        assertThat(others).containsExactly(3);
        assertThat(failing.partitions()).containsExactly(3);
    }

    @Test
    void theLeaseIsSoughtOnlyWhenPatienceIsOver() {
        // When
        clock.pass(PATIENCE.minusMillis(1));
        boolean before = ownership.seeksLease();
        clock.pass(Duration.ofMillis(1));
        boolean after = ownership.seeksLease();

        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(ownership.partitions()).isEmpty();
    }

    @Test
    void theHolderOfTheLeaseOwnsAll() {
        // Given
        seek();

        // When
        ownership.leaseAcquired();

        // Then
        assertThat(ownership.partitions()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(ownership.seeksLease()).isTrue();
        assertThat(heard).containsExactly("gained [0, 1, 2, 3]");
    }

    @Test
    void whoLosesTheLeaseOwnsNothingAndGoesOnTrying() {
        // Given
        seek();
        ownership.leaseAcquired();

        // When
        ownership.leaseLost();

        // Then
        assertThat(ownership.partitions()).isEmpty();
        assertThat(ownership.seeksLease()).isTrue();
        assertThat(heard).containsExactly("gained [0, 1, 2, 3]", "lost [0, 1, 2, 3]");
    }

    @Test
    void theBrokersAnswerEndsTheLeasesOwnership() {
        // Given
        seek();
        ownership.leaseAcquired();

        // When
        ownership.assigned(List.of(0, 1));

        // Then
        assertThat(ownership.seeksLease()).isFalse();
        assertThat(heard).containsExactly("gained [0, 1, 2, 3]", "lost [2, 3]");
    }

    @Test
    void anAssignmentOfNothingIsAnAnswerToo() {
        // Given
        ownership.assigned(List.of());

        // When
        clock.pass(PATIENCE.multipliedBy(2));

        // Then
        assertThat(ownership.seeksLease()).isFalse();
        assertThat(ownership.describe()).isEqualTo("has 0 of 4 partitions");
    }

    @Test
    void partitionsAreKeptWhenTheBrokerGoes() {
        // Given
        ownership.assigned(List.of(0, 1));

        // When
        clock.pass(Duration.ofDays(1));

        // Then
        assertThat(ownership.seeksLease()).isFalse();
        assertThat(ownership.partitions()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void patienceBeginsAnewWhenTheLastPartitionIsTaken() {
        // Given
        clock.pass(Duration.ofHours(1));
        ownership.assigned(List.of(0));
        clock.pass(Duration.ofHours(1));
        ownership.lost(List.of(0));

        // When
        clock.pass(PATIENCE.minusMillis(1));
        boolean before = ownership.seeksLease();
        clock.pass(Duration.ofMillis(1));
        boolean after = ownership.seeksLease();

        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void aConsumersEmptyRevocationDoesNotEndTheLease() {
        // Given
        seek();
        ownership.leaseAcquired();

        // When
        ownership.revoked(List.of());
        ownership.lost(List.of());

        // Then
        assertThat(ownership.partitions()).hasSize(4);
    }

    @Test
    void aLeaseThatComesAfterTheBrokersAnswerChangesNothing() {
        // Given
        seek();
        ownership.assigned(List.of(0));

        // When
        ownership.leaseAcquired();
        ownership.leaseLost();

        // Then
        assertThat(ownership.partitions()).containsExactly(0);
    }

    private static Ownership.Listener listener(Consumer<Set<Integer>> gained) {
        return new Ownership.Listener() {
            @Override
            public void gained(Set<Integer> partitions) {
                gained.accept(partitions);
            }

            @Override
            public void lost(Set<Integer> partitions) {}
        };
    }

    private void seek() {
        clock.pass(PATIENCE);
        assertThat(ownership.seeksLease()).isTrue();
    }
}
