package dev.tenantry.workers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Let teams take turns at a number of workers.
 * <p>
 * Where there are several, no team has all of them: one is always left to the others, however slow a team's jobs are.
 * Within a team, jobs start in the order in which they were asked for. Thread-safe.
 */
final class Turns {

    private final int perTeam;
    private final ReentrantLock lock = new ReentrantLock();
    /** The teams in a ring: one that had its turn goes to the end. */
    private final LinkedHashMap<String, Deque<CountDownLatch>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    Turns(int workers) {
        this.free = workers;
        this.perTeam = Math.max(1, workers - 1);
    }

    /** Wait for a worker; it is to be given back. */
    void take(String team) throws InterruptedException {
        var turn = new CountDownLatch(1);
        lock.lock();
        try {
            waiting.computeIfAbsent(team, any -> new ArrayDeque<>()).add(turn);
            grant();
        } finally {
            lock.unlock();
        }
        try {
            turn.await();
        } catch (InterruptedException e) {
            giveUp(team, turn);
            throw e;
        }
    }

    /** Let another job have the worker. */
    void giveBack(String team) {
        lock.lock();
        try {
            taken.computeIfPresent(team, (any, count) -> count == 1 ? null : count - 1);
            free++;
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(String team, CountDownLatch turn) {
        lock.lock();
        try {
            Deque<CountDownLatch> line = waiting.get(team);
            if (line == null || !line.remove(turn)) {
                // Its turn came at the same moment.
                giveBack(team);
            } else if (line.isEmpty()) {
                waiting.remove(team);
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        for (Optional<String> next = next(); free > 0 && next.isPresent(); next = next()) {
            String team = next.get();
            Deque<CountDownLatch> line = waiting.remove(team);
            line.remove().countDown();
            if (!line.isEmpty()) {
                waiting.put(team, line);
            }
            taken.merge(team, 1, Integer::sum);
            free--;
        }
    }

    private Optional<String> next() {
        return waiting.keySet().stream().filter(team -> taken.getOrDefault(team, 0) < perTeam).findFirst();
    }
}
