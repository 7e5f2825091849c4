package dev.tenantry.reconciler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class WorkQueueTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<WorkItem> done = new ArrayList<>();
    /** Tasks that the queue has started; they run when the test says so. */
    private final Deque<Runnable> started = new ArrayDeque<>();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void teamsTakeTurnsHoweverMuchOneOfThemQueues() {
        // Given
        var queue = queue(new Limits(1, 1));
        for (int i = 0; i < 100; i++) {
            queue.offer(work("a", "target-" + i));
        }

        // When
        queue.offer(work("b", "only"));
        runAll();

        // Then
        assertThat(done).extracting(WorkItem::team).startsWith("a", "a", "b").hasSize(101);
    }

    @Test
    void aTeamAtItsLimitIsPassedOver() {
        // Given
        var queue = queue(new Limits(3, 2));
        queue.offer(work("a", "1"));
        queue.offer(work("a", "2"));
        queue.offer(work("a", "3"));

        // When
        queue.offer(work("b", "1"));

        // Then
        assertThat(queue.load()).extracting(WorkQueue.Load::running, WorkQueue.Load::waiting).containsExactly(3, 1);
        runAll();
        assertThat(done).extracting(WorkItem::team).containsExactly("a", "a", "b", "a");
    }

    @Test
    void aTeamThatSharesTheReplicaHasLessOfIt() {
        // Given
        var queue = queue(new Limits(8, 4, 2, Duration.ofMinutes(1)));
        queue.offer(work("b", "1"));
        runAll();

        // When
        for (int i = 0; i < 4; i++) {
            queue.offer(work("a", "target-" + i));
        }

        // Then
        assertThat(queue.load()).extracting(WorkQueue.Load::running, WorkQueue.Load::waiting).containsExactly(2, 2);
        runAll();
        assertThat(done).hasSize(5);
    }

    @Test
    void aBurstIsOneRun() {
        // Given
        var queue = queue(new Limits(1, 1));

        // When
        for (int i = 0; i < 10; i++) {
            queue.offerSettled(work("a", "1", Cause.DRIFT));
        }

        // Then
        Awaitility.await().untilAsserted(() -> assertThat(queue.load().started()).isOne());
        runAll();
        assertThat(done).hasSize(1);
        assertThat(queue.load().coalesced()).isEqualTo(9);
    }

    @Test
    void aBurstOfWhatIsForgottenIsNone() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offerSettled(work("a", "1", Cause.DRIFT));

        // When
        queue.forget(work("a", "1").target());

        // Then
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(queue.load().started()).isZero());
    }

    @Test
    void aTargetNeverRunsTwiceAtOnceAndWorkThatCameMeanwhileRunsOnceAfterwards() {
        // Given
        var queue = queue(new Limits(4, 4));
        queue.offer(work("a", "1", Cause.SPEC));

        // When
        queue.offer(work("a", "1", Cause.REVISION));
        queue.offer(work("a", "1", Cause.DRIFT));

        // Then
        assertThat(started).hasSize(1);
        runAll();
        assertThat(done).extracting(WorkItem::causes)
                .containsExactly(java.util.Set.of(Cause.SPEC), java.util.Set.of(Cause.REVISION, Cause.DRIFT));
        assertThat(queue.load().coalesced()).isEqualTo(1);
    }

    @Test
    void waitingWorkForOneTargetIsMergedIntoTheMoreUrgentLane() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "1", Cause.REVISION).in(Lane.BOOKKEEPING));
        queue.offer(work("a", "2", Cause.SPEC));

        // When
        queue.offer(work("a", "1", Cause.DRIFT));
        runAll();

        // Then
        assertThat(done).hasSize(3);
        assertThat(done.get(2).lane()).isEqualTo(Lane.CHANGE);
        assertThat(done.get(2).causes()).containsExactlyInAnyOrder(Cause.REVISION, Cause.DRIFT);
    }

    @Test
    void ofATeamsWorkWhatEndsAWaitComesFirst() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "change"));
        queue.offer(work("b", "change"));

        // When
        queue.offer(work("b", "healthy", Cause.HEALTH));
        queue.offer(work("b", "healthy-and-changed", Cause.HEALTH));
        queue.offer(work("b", "healthy-and-changed", Cause.REVISION));
        runAll();

        // Then
        assertThat(done).extracting(item -> item.team() + "/" + item.target().name())
                .containsExactly("x/blocks", "a/change", "b/healthy", "b/change", "b/healthy-and-changed");
    }

    @Test
    void bookkeepingStandsBehindChanges() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "status").in(Lane.BOOKKEEPING));

        // When
        queue.offer(work("b", "change"));
        runAll();

        // Then
        assertThat(done).extracting(item -> item.target().name()).containsExactly("blocks", "change", "status");
    }

    @Test
    void ofSeveralDelaysTheEarliestCountsAndTheCausesAddUp() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offerAfter(work("a", "1", Cause.INTERVAL), Duration.ofHours(1));

        // When
        queue.offerAfter(work("a", "1", Cause.RETRY), Duration.ofMillis(10));
        Awaitility.await().until(() -> queue.load().running() == 1);
        runAll();

        // Then
        assertThat(done).singleElement()
                .satisfies(item -> assertThat(item.causes()).containsExactlyInAnyOrder(Cause.INTERVAL, Cause.RETRY));
        assertThat(queue.load().delayed()).isZero();
    }

    @Test
    void anIntervalMayBeLongerThanNanosecondsCount() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offerAfter(work("a", "1", Cause.INTERVAL), Duration.ofDays(400 * 365));

        // When
        queue.offerAfter(work("a", "1", Cause.RETRY), Duration.ofMillis(10));
        Awaitility.await().until(() -> queue.load().running() == 1);
        runAll();

        // Then
        assertThat(done).singleElement()
                .satisfies(item -> assertThat(item.causes()).contains(Cause.RETRY));
    }

    @Test
    void whatHasTimeStartsTogether() {
        // Given
        var queue = queue(new Limits(1, 1));

        // When
        for (int i = 0; i < 1000; i++) {
            queue.offerAfter(work("a", "target-" + i, Cause.INTERVAL), Duration.ofSeconds(60).plusMillis(10 * i));
        }

        // Then
        long[] dues = timer.getQueue().stream().mapToLong(task -> due((Delayed) task)).sorted().toArray();
        // Ten seconds' worth of starts, of one moment each, with nothing between.
        long gaps = IntStream.range(1, dues.length).filter(i -> dues[i] - dues[i - 1] > 500_000_000).count();
        assertThat(gaps).isBetween(9L, 11L);
        assertThat(queue.load().delayed()).isEqualTo(1000);
    }

    private static long due(Delayed task) {
        return System.nanoTime() + task.getDelay(TimeUnit.NANOSECONDS);
    }

    @Test
    void endsOfWaitsThatKeepComingDoNotStarveTheTeamsOtherWork() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "change"));

        // When
        for (int i = 0; i < 10; i++) {
            queue.offer(work("a", "flaps-" + i, Cause.HEALTH));
        }
        runAll();

        // Then
        assertThat(done).extracting(item -> item.target().name())
                .startsWith("blocks", "flaps-0", "flaps-1", "flaps-2", "flaps-3", "change", "flaps-4")
                .hasSize(12);
    }

    @Test
    void whatIsMergedKeepsItsPlace() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "first", Cause.REVISION));
        queue.offer(work("a", "second", Cause.REVISION));

        // When
        queue.offer(work("a", "first", Cause.HEALTH));
        runAll();

        // Then
        assertThat(done).extracting(item -> item.target().name()).containsExactly("blocks", "first", "second");
    }

    @Test
    void forgottenWorkDoesNotRun() {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("x", "blocks"));
        queue.offer(work("a", "1"));
        queue.offerAfter(work("a", "1"), Duration.ofMillis(1));

        // When
        queue.forget(new NamespacedName("a", "1"));
        runAll();

        // Then
        assertThat(done).extracting(item -> item.target().name()).containsExactly("blocks");
        assertThat(queue.load()).extracting(WorkQueue.Load::waiting, WorkQueue.Load::delayed).containsExactly(0, 0);
    }

    @Test
    void theEndWaitsForWhatRuns() throws Exception {
        // Given
        var runs = new CountDownLatch(1);
        var ends = new CountDownLatch(1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            var queue = new WorkQueue(new Limits(1, 1), executor, timer, item -> {
                runs.countDown();
                await(ends);
                done.add(item);
            });
            queue.offer(work("a", "1"));
            queue.offer(work("a", "2"));
            await(runs);
            timer.schedule(ends::countDown, 50, TimeUnit.MILLISECONDS);

            // When
            boolean drained = queue.drain(Duration.ofMinutes(1));

            // Then
            assertThat(drained).isTrue();
            assertThat(queue.isClosed()).isTrue();
            assertThat(done).extracting(item -> item.target().name()).containsExactly("1");
        }
    }

    @Test
    void theEndWaitsOnlySoLong() throws Exception {
        // Given
        var queue = queue(new Limits(1, 1));
        queue.offer(work("a", "1"));

        // When
        boolean drained = queue.drain(Duration.ofMillis(1));

        // Then
        assertThat(drained).isFalse();
        assertThat(queue.load().running()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private WorkQueue queue(Limits limits) {
        return new WorkQueue(limits, started::add, timer, done::add);
    }

    private void runAll() {
        for (Runnable next = started.poll(); next != null; next = started.poll()) {
            next.run();
        }
    }

    private static WorkItem work(String team, String name) {
        return work(team, name, Cause.SPEC);
    }

    private static WorkItem work(String team, String name, Cause cause) {
        return WorkItem.of(new NamespacedName(team, name), team, cause);
    }
}
