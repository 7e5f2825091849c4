package dev.tenantry.reconciler.queue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Hand out work: teams take turns, and a target runs once at a time.
 * <p>
 * Work for a target that waits is merged with what waits already; work for a target that runs waits until that run
 * ends. Nothing is lost: after the last {@link #offer}, a run starts that sees what the offer was about. A team that
 * has used up its limit is passed over, so that no team stands in another's way. Thread-safe.
 */
public final class WorkQueue implements AutoCloseable {

    /** Who edits one object of a target by hand often edits another one next. */
    private static final Duration BURST = Duration.ofMillis(100);
    /** What has time starts on these ticks, together: to wake up costs an idle machine more than a run that finds nothing. */
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_ON_TICK = Duration.ofSeconds(10);
    /** An interval may be longer than nanoseconds count. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    private final Limits limits;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Consumer<WorkItem> worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<Lane, Line> lines = new EnumMap<>(Lane.class);
    private final Map<NamespacedName, WorkItem> running = new HashMap<>();
    private final Map<NamespacedName, WorkItem> afterRun = new HashMap<>();
    private final Shares shares;
    private final Map<NamespacedName, Delayed> delayed = new HashMap<>();
    private final Map<NamespacedName, WorkItem> settling = new HashMap<>();
    private long started;
    private long coalesced;
    private boolean closed;

    /**
     * @param executor runs the worker; it is never given more than {@code limits.total()} tasks at once
     * @param timer fires delayed work; it is not closed with the queue
     * @param worker does one item; what it throws is passed on to the executor's thread
     */
    public WorkQueue(Limits limits, Executor executor, ScheduledExecutorService timer, Consumer<WorkItem> worker) {
        this.limits = limits;
        this.shares = new Shares(limits, System::nanoTime);
        this.executor = executor;
        this.timer = timer;
        this.worker = worker;
        for (Lane lane : Lane.values()) {
            lines.put(lane, new Line());
        }
    }

    /** Queue a run as soon as it is the team's turn. */
    public void offer(WorkItem item) {
        lock.lock();
        try {
            enqueue(item);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queue a run after a delay, a year at most; of several delays for one target the earliest counts and the causes add
     * up. One of ten seconds or more may last up to a second longer.
     */
    public void offerAfter(WorkItem item, Duration delay) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long now = System.nanoTime();
            long due = due(now, delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
            Delayed before = delayed.get(item.target());
            WorkItem merged = item;
            if (before != null) {
                merged = item.absorb(before.item);
                if (before.due - due <= 0) {
                    delayed.put(item.target(), new Delayed(merged, before.due, before.future));
                    return;
                }
                before.future.cancel(false);
            }
            var future = timer.schedule(() -> fire(item.target(), due), due - now, TimeUnit.NANOSECONDS);
            delayed.put(item.target(), new Delayed(merged, due, future));
        } finally {
            lock.unlock();
        }
    }

    private static long due(long now, Duration delay) {
        long exact = now + delay.toNanos();
        return delay.compareTo(SHORTEST_ON_TICK) < 0
                ? exact
                : Math.ceilDiv(exact, TICK.toNanos()) * TICK.toNanos();
    }

    /** Queue a run in a moment, when what comes in one burst with its cause has come too: one run is for all of it. */
    public void offerSettled(WorkItem item) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (settling.merge(item.target(), item, (earlier, later) -> later.absorb(earlier)) == item) {
                timer.schedule(() -> settled(item.target()), BURST.toNanos(), TimeUnit.NANOSECONDS);
            } else {
                coalesced++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void settled(NamespacedName target) {
        lock.lock();
        try {
            WorkItem item = settling.remove(target);
            if (item != null) {
                enqueue(item);
                dispatch();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drop all work of a target that has not started, delayed work included. */
    public void forget(NamespacedName target) {
        lock.lock();
        try {
            forgetDelayed(target);
            settling.remove(target);
            afterRun.remove(target);
            lines.values().forEach(line -> line.remove(target));
        } finally {
            lock.unlock();
        }
    }

    /** Drop the delayed work of a target, for instance since a run has just made it needless. */
    public void forgetDelayed(NamespacedName target) {
        lock.lock();
        try {
            Delayed timerOfTarget = delayed.remove(target);
            if (timerOfTarget != null) {
                timerOfTarget.future.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Count what waits, runs, has run, and was merged into other work. */
    public Load load() {
        lock.lock();
        try {
            int waiting = afterRun.size() + lines.values().stream().mapToInt(Line::size).sum();
            return new Load(waiting, running.size(), delayed.size(), started, coalesced);
        } finally {
            lock.unlock();
        }
    }

    /** Start no further work; what runs goes on to its end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            delayed.values().forEach(each -> each.future.cancel(false));
            delayed.clear();
            settling.clear();
            afterRun.clear();
            lines.replaceAll((lane, line) -> new Line());
        } finally {
            lock.unlock();
        }
    }

    /** Tell whether the queue starts nothing any more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Start no further work, and wait for what runs.
     *
     * @return whether all of it ended in time
     */
    public boolean drain(Duration patience) throws InterruptedException {
        close();
        lock.lock();
        try {
            long rest = patience.toNanos();
            while (!running.isEmpty() && rest > 0) {
                rest = idle.awaitNanos(rest);
            }
            return running.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void fire(NamespacedName target, long due) {
        lock.lock();
        try {
            Delayed entry = delayed.get(target);
            if (entry == null || entry.due != due) {
                return;
            }
            delayed.remove(target);
            enqueue(entry.item);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(WorkItem item) {
        if (closed) {
            return;
        }
        NamespacedName target = item.target();
        WorkItem current = running.get(target);
        if (current != null && !current.concurrentWith(item)) {
            if (afterRun.merge(target, item, (earlier, later) -> later.absorb(earlier)) != item) {
                coalesced++;
            }
            return;
        }
        WorkItem merged = item;
        for (Line line : lines.values()) {
            WorkItem earlier = line.find(target);
            if (earlier != null) {
                merged = merged.absorb(earlier);
                coalesced++;
            }
        }
        Line own = lines.get(merged.lane());
        lines.values().stream().filter(line -> line != own).forEach(line -> line.remove(target));
        own.add(merged);
    }

    private void dispatch() {
        for (Line line : lines.values()) {
            while (running.size() < limits.total()) {
                WorkItem next = line.poll(shares::mayStart);
                if (next == null) {
                    break;
                }
                start(next);
            }
        }
    }

    private void start(WorkItem item) {
        running.put(item.target(), item);
        shares.started(item);
        started++;
        executor.execute(() -> {
            try {
                worker.accept(item);
            } finally {
                finished(item);
            }
        });
    }

    private void finished(WorkItem item) {
        lock.lock();
        try {
            running.remove(item.target());
            shares.ended(item);
            WorkItem next = afterRun.remove(item.target());
            if (next != null) {
                enqueue(next);
            }
            dispatch();
            if (running.isEmpty()) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the queue holds now, and has done since it was made. */
    public record Load(int waiting, int running, int delayed, long started, long coalesced) {}

    private record Delayed(WorkItem item, long due, ScheduledFuture<?> future) {}
}
