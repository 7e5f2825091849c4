package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.queue.Limits;
import dev.tenantry.reconciler.queue.WorkQueue;

/** Targets are named by the number of their partition. */
class AssignmentTest {

    private final FakeWorld world = new FakeWorld();
    private final Ownership ownership = new Ownership(4, target -> Integer.parseInt(target.name()),
            Duration.ofSeconds(15), Clock.systemUTC());
    /** What happens while records are read. */
    private Runnable meanwhile = () -> {};
    /** What blocks; it runs when the test says so. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Assignment assignment = new Assignment(ownership, this::records, this::reconciler, tasks::add);
    private final Reconciler reconciler = world.reconciler(assignment::owns);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<NamespacedName> runs = new ArrayList<>();

    @BeforeEach
    void aTargetInEachPartition() {
        reconciler.start(new WorkQueue(new Limits(1, 1), Runnable::run, timer, item -> runs.add(item.target())));
        for (int partition = 0; partition < 4; partition++) {
            world.put(target(partition), "");
        }
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aPartitionIsWorkedOnWhenItsRecordsAreRead() {
        // Given
        ownership.assigned(List.of(0, 2));
        assertThat(owned()).as("before its records are read").isEmpty();

        // When
        runTasks();

        // Then
        assertThat(owned()).containsExactly(0, 2);
        assertThat(remembered()).containsExactly(0, 2);
        assertThat(runs).containsExactlyInAnyOrder(target(0), target(2));
    }

    @Test
    void aPartitionThatGoesIsForgotten() {
        // Given
        ownership.assigned(List.of(0, 1));
        runTasks();

        // When
        ownership.revoked(List.of(1));

        // Then
        assertThat(owned()).containsExactly(0);
        runTasks();
        assertThat(remembered()).containsExactly(0);
    }

    @Test
    void aPartitionThatGoesWhileItsRecordsAreReadIsNotWorkedOn() {
        // Given
        ownership.assigned(List.of(0, 1));
        meanwhile = () -> ownership.revoked(List.of(1));

        // When
        runTasks();

        // Then
        assertThat(owned()).containsExactly(0);
        assertThat(remembered()).containsExactly(0);
        assertThat(runs).containsExactly(target(0));
    }

    @Test
    void aPartitionThatComesBackWhileItsRecordsAreReadHasThemReadAgain() {
        // Given
        ownership.assigned(List.of(1));
        meanwhile = () -> {
            meanwhile = () -> {};
            ownership.revoked(List.of(1));
            ownership.assigned(List.of(1));
        };

        // When
        tasks.remove().run();

        // Then
        assertThat(owned()).as("by records that another replica may have outdated").isEmpty();
        runTasks();
        assertThat(owned()).containsExactly(1);
        assertThat(remembered()).containsExactly(1);
        assertThat(runs).containsExactly(target(1));
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(new TimeoutException("the broker died in a replay"),
                new IllegalArgumentException("'a/b/c' is not of the form namespace/name"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void recordsThatCannotBeReadKeepNoPartitionFromItsOwner(RuntimeException failure) {
        // Given
        ownership.assigned(List.of(0, 3));
        meanwhile = () -> {
            throw failure;
        };

        // When
        runTasks();

        // Then
        assertThat(owned()).containsExactly(0, 3);
        assertThat(remembered()).isEmpty();
        assertThat(runs).containsExactlyInAnyOrder(target(0), target(3));
    }

    @Test
    void aRebalanceAtTheEndOfThisReplicaIsBorne() {
        // Given
        var stopped = new Assignment(ownership, this::records, this::reconciler, task -> {
            throw new RejectedExecutionException("the executor is shut down");
        });

        // When
        // Then
        assertThatCode(() -> {
            stopped.gained(Set.of(1));
            stopped.lost(Set.of(1));
        }).doesNotThrowAnyException();
        assertThat(stopped.owns(target(1))).isFalse();
    }

    private Map<NamespacedName, RememberedBuild> records(Set<Integer> partitions) {
        meanwhile.run();
        return partitions.stream()
                .collect(Collectors.toMap(AssignmentTest::target,
                        partition -> new RememberedBuild("key", world.revision, RecordedInputs.of(List.of()), "digest",
                                Map.of())));
    }

    private Reconciler reconciler() {
        return reconciler;
    }

    private void runTasks() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }
    }

    private List<Integer> owned() {
        return Stream.of(0, 1, 2, 3).filter(partition -> assignment.owns(target(partition))).toList();
    }

    private List<Integer> remembered() {
        return Stream.of(0, 1, 2, 3).filter(partition -> reconciler.lastBuild(target(partition)).isPresent()).toList();
    }

    private static NamespacedName target(int partition) {
        return new NamespacedName("team", String.valueOf(partition));
    }
}
