package dev.tenantry.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;

/**
 * Keep worker processes, each for one job at a time.
 *
 * <p>Workers start when they are first needed. One that timed out, took too much memory, crashed, or says that a job
 * changed it for good, is replaced by the next job that needs one. Safe for use by many threads.
 */
public final class WorkerPool implements AutoCloseable {

    private static final String NOBODY = "";

    private final Path binary;
    private final long memoryBytes;
    private final int size;
    private final Turns turns;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("worker-timer").daemon().factory());
    private volatile boolean closed;
    private volatile @Nullable String version;

    /**
     * Use a worker binary.
     *
     * @param binary the program, as {@link WorkerBinary#find} gives it
     * @param size how many jobs may run at once, of a team one less where there are several
     * @param memoryBytes the heap at which a worker ends itself
     */
    public WorkerPool(Path binary, int size, long memoryBytes) {
        if (size <= 0) {
            throw new IllegalArgumentException("A pool of " + size + " workers");
        }
        this.binary = binary;
        this.size = size;
        this.memoryBytes = memoryBytes;
        this.turns = new Turns(size);
    }

    public int size() {
        return size;
    }

    /** Give the heap at which a worker ends itself. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Name the engines; the output is the same for the same job and version. */
    public String version() throws IOException, InterruptedException {
        String known = version;
        if (known == null) {
            turns.take(NOBODY);
            try {
                keep(worker());
            } finally {
                turns.giveBack(NOBODY);
            }
            known = version;
        }
        return known == null ? "" : known;
    }

    /**
     * Do a job with a free worker, waiting for the team's turn if need be.
     *
     * @param job what the worker's protocol says
     * @param respondent who answers the worker's questions, on the caller's thread
     * @param team whose share of the workers it takes
     * @param time how long it may take, without the wait
     * @throws IOException when no worker starts; one that ends early is a {@link Reply} instead
     */
    public Reply run(byte[] job, Respondent respondent, String team, Duration time)
            throws IOException, InterruptedException {
        turns.take(team);
        try {
            Worker worker = worker();
            boolean keep = false;
            try {
                Reply reply = worker.run(job, respondent, time, timer);
                keep = reply instanceof Reply.Answered answered && !answered.retire();
                return reply;
            } finally {
                if (keep) {
                    keep(worker);
                } else {
                    worker.close();
                }
            }
        } finally {
            turns.giveBack(team);
        }
    }

    private Worker worker() throws IOException {
        if (closed) {
            throw new IOException("The worker pool is closed");
        }
        for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            if (worker.isAlive()) {
                return worker;
            }
            worker.close();
        }
        Worker worker = Worker.start(binary, memoryBytes, timer);
        version = worker.version();
        return worker;
    }

    private void keep(Worker worker) {
        // The last used comes first: it is warm, and the others' memory can be paged out.
        idle.addFirst(worker);
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            worker.close();
        }
    }

    /** End the idle workers at once, and the others after their jobs. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
        timer.shutdown();
    }
}
