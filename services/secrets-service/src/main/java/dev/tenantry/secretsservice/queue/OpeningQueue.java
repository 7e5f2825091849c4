package dev.tenantry.secretsservice.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.queue.FairQueue;

/**
 * Runs what is to be opened: several at once, of one name one at a time, the namespaces taking turns.
 *
 * <p>What is asked for again while it waits is run once; while it runs, once more afterwards. Thread-safe.
 */
public final class OpeningQueue implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OpeningQueue.class);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);
    /** So many namespaces have work done at once where all have much of it. */
    private static final int NAMESPACES = 4;

    private final int concurrency;
    private final int concurrencyOfNamespace;
    private final Pauses pauses;
    private final Function<NamespacedName, Next> work;
    private final FairQueue waiting = new FairQueue();
    private final Set<NamespacedName> queued = new HashSet<>();
    private final Map<NamespacedName, Meanwhile> running = new HashMap<>();
    private final Map<String, Integer> runningOf = new HashMap<>();
    private final Map<NamespacedName, Integer> failures = new HashMap<>();
    private final Map<NamespacedName, ScheduledFuture<?>> later = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("secrets-service-timer").daemon().factory());
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("secrets-service-open-", 0).daemon().factory());
    private long coalesced;
    private boolean closed;

    /** What became of a name while it runs. */
    private enum Meanwhile {
        NOTHING, ASKED_AGAIN, FORGOTTEN
    }

    /** What is to happen after a run. */
    public enum Next {
        /** Nothing, until it is asked for again. */
        REST,
        /** Another run, after a pause that grows with each in a row. */
        RETRY
    }

    /**
     * @param concurrency how many run at once, a quarter of them of one namespace
     * @param work called on a platform thread: opening is work for a processor, which virtual threads do not share
     */
    public OpeningQueue(int concurrency, Pauses pauses, Function<NamespacedName, Next> work) {
        this.concurrency = concurrency;
        this.concurrencyOfNamespace = Math.max(1, concurrency / NAMESPACES);
        this.pauses = pauses;
        this.work = work;
    }

    /** Ask for a run as soon as it is its turn. */
    public synchronized void add(NamespacedName name) {
        if (closed) {
            return;
        }
        cancel(name);
        if (running.containsKey(name)) {
            running.put(name, Meanwhile.ASKED_AGAIN);
            coalesced++;
        } else if (queued.add(name)) {
            waiting.add(name);
            startNext();
        } else {
            coalesced++;
        }
    }

    /** Ask for a run later, unless one comes before; tells whether nobody had asked for one yet. */
    public synchronized boolean addLater(NamespacedName name, Duration delay) {
        ScheduledFuture<?> planned = later.get(name);
        if (closed || queued.contains(name)
                || planned != null && planned.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
            return false;
        }
        cancel(name);
        later.put(name, timer.schedule(() -> due(name), delay.toMillis(), TimeUnit.MILLISECONDS));
        return true;
    }

    /** Let go of what nobody needs any more; a run that is under way ends by itself, and is not tried again. */
    public synchronized void forget(NamespacedName name) {
        cancel(name);
        failures.remove(name);
        if (queued.remove(name)) {
            waiting.remove(name);
        }
        running.replace(name, Meanwhile.FORGOTTEN);
    }

    /** Tell how many wait for their turn. */
    public synchronized int depth() {
        return waiting.size();
    }

    /** Tell how many requests were merged into others, since the start. */
    public synchronized long coalesced() {
        return coalesced;
    }

    private synchronized void due(NamespacedName name) {
        // It may have been forgotten while this waited for the lock.
        if (later.remove(name) != null) {
            add(name);
        }
    }

    private void cancel(NamespacedName name) {
        ScheduledFuture<?> waitingFor = later.remove(name);
        if (waitingFor != null) {
            waitingFor.cancel(false);
        }
    }

    private void startNext() {
        while (!closed && running.size() < concurrency) {
            Optional<NamespacedName> next = waiting.take(
                    namespace -> runningOf.getOrDefault(namespace, 0) < concurrencyOfNamespace, name -> true);
            if (next.isEmpty()) {
                return;
            }
            queued.remove(next.get());
            running.put(next.get(), Meanwhile.NOTHING);
            runningOf.merge(next.get().namespace(), 1, Integer::sum);
            threads.execute(() -> run(next.get()));
        }
    }

    private void run(NamespacedName name) {
        Duration pause = Duration.ZERO;
        try {
            if (work.apply(name) == Next.RETRY) {
                pause = pauseAfterFailure(name);
            } else {
                succeeded(name);
            }
        } catch (RuntimeException | Error e) {
            // The class alone: what a message quotes is not known.
            LOG.errorf("A SealedSecret could not be worked on, by a defect of this service name=%s cause=%s at=%s",
                    name,
                    e.getClass().getName(), e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
            pause = AFTER_A_BUG;
        } finally {
            ended(name, pause);
        }
    }

    private synchronized Duration pauseAfterFailure(NamespacedName name) {
        return pauses.after(failures.merge(name, 1, Integer::sum));
    }

    private synchronized void succeeded(NamespacedName name) {
        failures.remove(name);
    }

    private synchronized void ended(NamespacedName name, Duration pause) {
        runningOf.computeIfPresent(name.namespace(), (any, count) -> count == 1 ? null : count - 1);
        switch (running.remove(name)) {
            case ASKED_AGAIN -> add(name);
            case FORGOTTEN -> failures.remove(name);
            case NOTHING -> {
                if (pause.isPositive()) {
                    addLater(name, pause);
                }
            }
        }
        startNext();
    }

    /** Start nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        threads.shutdown();
    }
}
