package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;

/**
 * Keep worker processes, each for one build at a time.
 *
 * <p>Workers start when they are first needed. One that timed out, took too much memory, crashed, or says that a build
 * changed it for good, is replaced by the next build that needs one.
 */
public final class WorkerPool implements AutoCloseable {

    private static final String NOBODY = "";

    private final Path binary;
    private final long memoryBytes;
    private final int size;
    private final Turns turns;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("kustomize-worker-timer").daemon().factory());
    private volatile boolean closed;
    private volatile @Nullable String version;

    /**
     * Use a worker binary.
     *
     * @param binary the program {@code kustomize-worker}
     * @param size how many builds may run at once, of a team one less where there are several
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
    long memoryBytes() {
        return memoryBytes;
    }

    /** Name the engines that render; objects are the same for the same inputs and version. */
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

    /** Build with a free worker, waiting for the team's turn if need be. */
    Worker.Reply build(byte[] request, Answers answers, BuildClaim claim) throws IOException, InterruptedException {
        turns.take(claim.team());
        try {
            Worker worker = worker();
            boolean keep = false;
            try {
                Worker.Reply reply = worker.build(request, answers, claim.time(), timer);
                keep = reply instanceof Worker.Answered answered && !answered.retire();
                return reply;
            } finally {
                if (keep) {
                    keep(worker);
                } else {
                    worker.close();
                }
            }
        } finally {
            turns.giveBack(claim.team());
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

    /** End the idle workers at once, and the others after their builds. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
        timer.shutdown();
    }
}
