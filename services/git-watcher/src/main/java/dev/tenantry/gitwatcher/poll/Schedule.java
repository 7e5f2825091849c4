package dev.tenantry.gitwatcher.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.queue.FairQueue;

/**
 * Decide which source is looked at next. Thread-safe, and without a thread of its own.
 *
 * <p>At most one look at a source is under way at a time. Requests for a source that is queued, or that a look already
 * under way answers, are coalesced into it. Namespaces take turns, and neither a namespace nor a host that does not
 * answer can use up the limit for all.
 */
public final class Schedule {

    private static final Duration FAR = Duration.ofDays(1);

    private final Limits limits;
    private final Pace pace;
    private final Clock clock;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<NamespacedName, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> waiting = new TreeSet<>(
            Comparator.comparing(Entry::due).thenComparing(entry -> entry.source));
    private final FairQueue queued = new FairQueue();
    private final Map<String, Integer> runningOfNamespace = new HashMap<>();
    private final Map<String, Integer> runningOfHost = new HashMap<>();
    private int running;
    private long coalesced;

    public Schedule(Limits limits, Pace pace, Clock clock, RandomGenerator random) {
        this.limits = limits;
        this.pace = pace;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Add a source, or tell that it is on another host, and ask for a look at it.
     *
     * @param host whose slowness this source may share, normally that of its URL
     */
    public void track(NamespacedName source, String host, Trigger trigger) {
        lock.lock();
        try {
            Entry entry = entries.computeIfAbsent(source, Entry::new);
            entry.host = host;
            entry.forgotten = false;
            ask(entry, trigger);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ask for a look at a source.
     *
     * @return whether the source is tracked here
     */
    public boolean request(NamespacedName source, Trigger trigger) {
        lock.lock();
        try {
            Entry entry = entries.get(source);
            if (entry == null || entry.forgotten) {
                return false;
            }
            ask(entry, trigger);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Drop a source; a look that is under way ends as usual. */
    public void forget(NamespacedName source) {
        lock.lock();
        try {
            Entry entry = entries.get(source);
            if (entry == null) {
                return;
            }
            if (entry.phase instanceof Phase.Running) {
                entry.forgotten = true;
                return;
            }
            waiting.remove(entry);
            queued.remove(source);
            entries.remove(source);
        } finally {
            lock.unlock();
        }
    }

    /** Tell whether the source is tracked here. */
    public boolean tracks(NamespacedName source) {
        lock.lock();
        try {
            Entry entry = entries.get(source);
            return entry != null && !entry.forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Give the look that is due now, if any may begin. */
    public Optional<Work> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Wait for a look that may begin. */
    public Work take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Work> work = next();
                if (work.isPresent()) {
                    return work.get();
                }
                changed.awaitNanos(untilNextDue().toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Give the time until the next look is due: a day at most, since an interval may be longer than nanoseconds count. */
    private Duration untilNextDue() {
        Duration wait = waiting.isEmpty() ? FAR : Duration.between(clock.instant(), waiting.first().due());
        // Nothing may begin though a look is due when a limit is reached: then only a change lets it.
        return wait.isNegative() || wait.compareTo(FAR) > 0 ? FAR : wait;
    }

    /** End a look, and plan the next one. */
    public void finished(Work work, Next next) {
        lock.lock();
        try {
            Entry entry = entries.get(work.source());
            if (entry == null || !(entry.phase instanceof Phase.Running run)) {
                throw new IllegalStateException("No look at " + work.source() + " is under way");
            }
            running--;
            decrease(runningOfNamespace, work.source().namespace());
            decrease(runningOfHost, entry.hostOfLook);
            entry.failures = next instanceof Next.Retry ? entry.failures + 1 : 0;
            if (entry.forgotten) {
                entries.remove(work.source());
            } else if (run.again() != null) {
                queue(entry, new Phase.Queued(run.again()));
            } else {
                plan(entry, next);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Count the requests that were merged into another one. */
    public long coalesced() {
        lock.lock();
        try {
            return coalesced;
        } finally {
            lock.unlock();
        }
    }

    /** Count the looks that are due but have not begun. */
    public int depth() {
        lock.lock();
        try {
            return queued.size();
        } finally {
            lock.unlock();
        }
    }

    /** Count the sources. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    private void ask(Entry entry, Trigger trigger) {
        switch (entry.phase) {
            case Phase.Idle idle -> queue(entry, idle.queue(trigger));
            case Phase.Waiting planned -> {
                waiting.remove(entry);
                queue(entry, planned.queue(trigger));
            }
            case Phase.Queued already -> coalesced++;
            case Phase.Running run -> {
                // A changed object is always read again; a push before the look began is part of it.
                boolean seen = !trigger.cause().needsObjectRead() && trigger.at().isBefore(run.startedAt());
                if (seen || run.again() != null) {
                    coalesced++;
                } else {
                    entry.phase = run.queueAgain(trigger);
                }
            }
        }
        changed.signalAll();
    }

    private void queue(Entry entry, Phase.Queued phase) {
        entry.phase = phase;
        queued.add(entry.source);
    }

    private void plan(Entry entry, Next next) {
        entry.phase = switch (next) {
            case Next.AfterInterval after -> new Phase.Waiting(
                    clock.instant().plus(pace.afterInterval(after.interval(), random)), Cause.INTERVAL);
            case Next.Retry retry -> new Phase.Waiting(
                    clock.instant().plus(pace.afterFailure(entry.failures, random)), Cause.RETRY);
            case Next.OnChange onChange -> new Phase.Idle();
        };
        if (entry.phase instanceof Phase.Waiting) {
            waiting.add(entry);
        }
    }

    private Optional<Work> next() {
        Instant now = clock.instant();
        while (!waiting.isEmpty() && !waiting.first().due().isAfter(now)) {
            Entry due = waiting.pollFirst();
            if (due != null && due.phase instanceof Phase.Waiting planned) {
                queue(due, planned.come());
            }
        }
        if (running >= limits.looks()) {
            return Optional.empty();
        }
        return queued
                .take(namespace -> runningOfNamespace.getOrDefault(namespace, 0) < limits.looksOfNamespace(),
                        source -> runningOfHost.getOrDefault(entryOf(source).host, 0) < limits.looksOfHost())
                .map(source -> start(entryOf(source), now));
    }

    private Work start(Entry entry, Instant now) {
        if (!(entry.phase instanceof Phase.Queued due)) {
            throw new IllegalStateException(entry.source + " was in the queue, but is " + entry.phase);
        }
        entry.phase = due.start(now);
        entry.hostOfLook = entry.host;
        running++;
        runningOfHost.merge(entry.host, 1, Integer::sum);
        runningOfNamespace.merge(entry.source.namespace(), 1, Integer::sum);
        return new Work(entry.source, due.trigger(), now);
    }

    private static void decrease(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    private Entry entryOf(NamespacedName source) {
        Entry entry = entries.get(source);
        if (entry == null) {
            throw new IllegalStateException(source + " was in the queue, but is not tracked");
        }
        return entry;
    }

    private static final class Entry {

        private final NamespacedName source;
        private String host = "";
        /** The host when the look under way began, which may differ from the one of a newer spec. */
        private String hostOfLook = "";
        private Phase phase = new Phase.Idle();
        private int failures;
        private boolean forgotten;

        private Entry(NamespacedName source) {
            this.source = source;
        }

        /** The time of the planned look; only entries that wait are ever compared by it. */
        private Instant due() {
            return phase instanceof Phase.Waiting planned ? planned.due() : Instant.MAX;
        }
    }
}
