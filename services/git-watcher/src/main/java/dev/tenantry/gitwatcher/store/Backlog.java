package dev.tenantry.gitwatcher.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import dev.tenantry.gitwatcher.store.Transactions.Result;
import io.micrometer.core.instrument.Counter;

/**
 * Keep what is to be written until Postgres takes it.
 *
 * <p>What comes while the buffer is full is dropped and counted, and so is an entry that is refused for itself. An entry is written twice when the answer to its commit is lost. Any thread may add; one writes.
 */
final class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final int BATCH = 100;

    private final Transactions transactions;
    private final BlockingQueue<Entry> waiting;
    private final Counter dropped;
    private final List<Entry> batch = new ArrayList<>();

    /** What is to be written. */
    @FunctionalInterface
    interface Entry {

        /** Find out, outside of transactions since that may take a while, what to do in one; anew for each attempt. */
        Runnable prepare();
    }

    /**
     * Begin without entries.
     *
     * @param capacity how many entries wait, beside the batch that is being written
     */
    Backlog(Transactions transactions, int capacity, Counter dropped) {
        this.transactions = transactions;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.dropped = dropped;
    }

    /** Add an entry, without waiting. */
    void add(Entry entry) {
        if (!waiting.offer(entry)) {
            dropped.increment();
        }
    }

    /**
     * Write the next batch, or go on with the one before.
     *
     * @param patience how long to wait for an entry, and to leave Postgres alone that is not ready
     */
    void write(Duration patience) throws InterruptedException {
        if (!transactions.isReady()) {
            Thread.sleep(patience);
            return;
        }
        if (batch.isEmpty()) {
            take(patience);
        }
        switch (attempt(batch)) {
            case Result.Written written -> batch.clear();
            case Result.Refused refused -> writeEach();
            case Result.Away away -> {
                // The batch stays until Postgres is ready again.
            }
        }
    }

    private void take(Duration patience) throws InterruptedException {
        Entry first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
        }
    }

    /** Find the entries of the batch that cannot be written, and write the others. */
    private void writeEach() {
        while (!batch.isEmpty()) {
            switch (attempt(List.of(batch.getFirst()))) {
                case Result.Written written -> batch.removeFirst();
                case Result.Refused refused -> {
                    LOG.error("An entry of the history cannot be written, and is dropped", refused.cause());
                    dropped.increment();
                    batch.removeFirst();
                }
                case Result.Away away -> {
                    return;
                }
            }
        }
    }

    private Result attempt(List<Entry> entries) {
        try {
            List<Runnable> prepared = entries.stream().map(Entry::prepare).toList();
            return prepared.isEmpty()
                    ? new Result.Written()
                    : transactions.write(() -> prepared.forEach(Runnable::run));
        } catch (RuntimeException e) {
            // A bug that one of the entries hits.
            return new Result.Refused(e);
        }
    }
}
