package dev.tenantry.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<String> builds = new CopyOnWriteArrayList<>();

    @Test
    void noTeamHasAllWorkers() throws Exception {
        // Given
        var turns = new Turns(3);
        turns.take("a");
        turns.take("a");
        Thread third = take(turns, "a");

        // When
        turns.take("b");

        // Then
        assertThat(builds).isEmpty();
        turns.giveBack("a");
        third.join();
        assertThat(builds).containsExactly("a");
    }

    @Test
    void aSingleWorkerIsEverybodys() throws Exception {
        // Given
        var turns = new Turns(1);

        // When
        turns.take("a");
        turns.giveBack("a");
        turns.take("b");

        // Then
        assertThat(take(turns, "a").isAlive()).isTrue();
    }

    @Test
    void teamsTakeTurnsHoweverManyBuildsOneOfThemAsksFor() throws Exception {
        // Given
        var turns = new Turns(1);
        turns.take("c");
        List<Thread> asked = List.of(take(turns, "a"), take(turns, "a"), take(turns, "a"), take(turns, "b"));

        // When
        for (String team : List.of("c", "a", "b", "a")) {
            int before = builds.size();
            turns.giveBack(team);
            Awaitility.await().until(() -> builds.size() == before + 1);
        }

        // Then
        for (Thread thread : asked) {
            thread.join();
        }
        assertThat(builds).containsExactly("a", "b", "a", "a");
    }

    @Test
    void whoGivesUpIsInNobodysWay() throws Exception {
        // Given
        var turns = new Turns(1);
        turns.take("a");
        Thread gone = take(turns, "b");

        // When
        gone.interrupt();
        gone.join();
        turns.giveBack("a");
        turns.take("c");

        // Then
        assertThat(builds).containsExactly("b gave up");
    }

    /** Ask on a thread of its own, and return when it waits or has its turn. */
    private Thread take(Turns turns, String team) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                turns.take(team);
                builds.add(team);
            } catch (InterruptedException e) {
                builds.add(team + " gave up");
            }
        });
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING || !thread.isAlive());
        return thread;
    }
}
