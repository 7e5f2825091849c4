package dev.tenantry.secretsservice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.queue.OpeningQueue.Next;

class OpeningQueueTest {

    private static final NamespacedName A1 = new NamespacedName("team-a", "one");
    private static final NamespacedName A2 = new NamespacedName("team-a", "two");
    private static final NamespacedName A3 = new NamespacedName("team-a", "three");
    private static final NamespacedName C1 = new NamespacedName("team-c", "one");
    private static final NamespacedName B1 = new NamespacedName("team-b", "one");

    private final List<NamespacedName> begun = new CopyOnWriteArrayList<>();
    private final List<NamespacedName> ended = new CopyOnWriteArrayList<>();
    private final Map<NamespacedName, Next> answers = new ConcurrentHashMap<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private OpeningQueue queue = queue(1, Duration.ofMillis(1));

    @AfterEach
    void close() {
        mayEnd.release(1000);
        queue.close();
    }

    @Test
    void namespacesTakeTurns() {
        // Given
        for (NamespacedName name : List.of(A1, A2, A3, B1)) {
            queue.add(name);
        }

        // When
        mayEnd.release(4);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A2, B1, A3));
    }

    @Test
    void soManyRunAtOnceAndTheRestWaits() {
        // Given
        queue = queue(2, Duration.ofMillis(1));

        // When
        for (NamespacedName name : List.of(A1, B1, C1)) {
            queue.add(name);
        }

        // Then
        await().untilAsserted(() -> assertThat(begun).containsExactlyInAnyOrder(A1, B1));
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void oneNamespaceLeavesRoomForTheOthers() {
        // Given
        queue = queue(8, Duration.ofMillis(1));

        // When
        for (NamespacedName name : List.of(A1, A2, A3, B1)) {
            queue.add(name);
        }

        // Then
        await().untilAsserted(() -> assertThat(begun).containsExactlyInAnyOrder(A1, A2, B1));
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void anEarlierRetryCountsBesideALaterOne() {
        // When
        boolean late = queue.addLater(A1, Duration.ofHours(1));
        boolean later = queue.addLater(A1, Duration.ofHours(2));
        boolean soon = queue.addLater(A1, Duration.ofMillis(1));
        mayEnd.release(1);

        // Then
        assertThat(List.of(late, later, soon)).containsExactly(true, false, true);
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1));
    }

    @Test
    void whatIsAskedForTwiceWhileItWaitsRunsOnce() {
        // Given
        queue.add(A1);
        queue.add(A2);

        // When
        queue.add(A2);
        mayEnd.release(3);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A2));
        assertThat(queue.coalesced()).isEqualTo(1);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void whatIsAskedForWhileItRunsRunsOnceMoreAfterwards() {
        // Given
        queue = queue(3, Duration.ofMillis(1));
        queue.add(A1);
        await().until(() -> begun.size() == 1);

        // When
        queue.add(A1);
        queue.add(A1);

        // Then
        assertThat(begun).containsExactly(A1);
        mayEnd.release(3);
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A1));
        assertThat(queue.coalesced()).isEqualTo(2);
    }

    @Test
    void whatFailsIsTriedAgainUntilItSucceeds() {
        // Given
        answers.put(A1, Next.RETRY);
        mayEnd.release(1000);

        // When
        queue.add(A1);

        // Then
        await().until(() -> ended.size() >= 3);
        answers.put(A1, Next.REST);
        await().during(Duration.ofMillis(50)).until(this::isQuiet);
    }

    @Test
    void aRetryComesAtOnceWhenSomebodyAsks() {
        // Given
        queue = queue(1, Duration.ofHours(1));
        answers.put(A1, Next.RETRY);
        mayEnd.release(2);
        queue.add(A1);
        await().until(() -> ended.size() == 1);

        // When
        queue.add(A1);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A1));
    }

    @Test
    void whatIsForgottenHasNoTurn() {
        // Given
        queue.add(A1);
        queue.add(A2);
        queue.add(A3);

        // When
        queue.forget(A2);
        mayEnd.release(3);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A3));
    }

    @Test
    void whatIsForgottenWhileItRunsIsNotTriedAgain() {
        // Given
        answers.put(A1, Next.RETRY);
        queue.add(A1);
        await().until(() -> begun.size() == 1);

        // When
        queue.add(A1);
        queue.forget(A1);
        mayEnd.release(1000);

        // Then
        queue.add(A2);
        await().until(() -> ended.contains(A2));
        await().during(Duration.ofMillis(50)).untilAsserted(() -> assertThat(ended).containsExactly(A1, A2));
    }

    @Test
    void whatIsForgottenAndAskedForAgainRunsAgain() {
        // Given
        queue.add(A1);
        await().until(() -> begun.size() == 1);
        queue.forget(A1);

        // When
        queue.add(A1);
        mayEnd.release(2);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1, A1));
    }

    @Test
    void whatIsDueLaterRunsThenUnlessItIsForgotten() {
        // Given
        mayEnd.release(1000);
        // Longer than a busy machine takes from one line to the next.
        Duration later = Duration.ofMillis(500);

        // When
        boolean first = queue.addLater(A1, later);
        boolean second = queue.addLater(A1, later);
        queue.addLater(A2, later);
        queue.forget(A2);

        // Then
        assertThat(List.of(first, second)).containsExactly(true, false);
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1));
        await().during(Duration.ofMillis(50)).untilAsserted(() -> assertThat(ended).containsExactly(A1));
    }

    @Test
    void workThatThrowsKeepsNobodyElseFromItsTurn() {
        // Given
        queue.close();
        queue = new OpeningQueue(1, new Pauses(Duration.ofMillis(1), Duration.ofMillis(1)), name -> {
            if (name.equals(A1)) {
                throw new IllegalStateException("a defect");
            }
            ended.add(name);
            return Next.REST;
        });

        // When
        queue.add(A1);
        queue.add(A2);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A2));
    }

    @Test
    void afterTheEndNothingStarts() {
        // Given
        queue.add(A1);
        queue.add(A2);
        await().until(() -> begun.size() == 1);

        // When
        queue.close();
        queue.add(A3);
        queue.addLater(B1, Duration.ZERO);
        mayEnd.release(1000);

        // Then
        await().untilAsserted(() -> assertThat(ended).containsExactly(A1));
        await().during(Duration.ofMillis(50)).untilAsserted(() -> assertThat(begun).containsExactly(A1));
    }

    private boolean isQuiet() {
        int before = ended.size();
        Thread.yield();
        return ended.size() == before && queue.depth() == 0;
    }

    private OpeningQueue queue(int concurrency, Duration pause) {
        return new OpeningQueue(concurrency, new Pauses(pause, pause), name -> {
            begun.add(name);
            mayEnd.acquireUninterruptibly();
            ended.add(name);
            return answers.getOrDefault(name, Next.REST);
        });
    }
}
