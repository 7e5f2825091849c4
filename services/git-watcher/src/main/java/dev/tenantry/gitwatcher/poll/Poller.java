package dev.tenantry.gitwatcher.poll;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

/**
 * Run what the {@link Schedule} gives, one dispatching thread for all sources and a worker for each look under way.
 *
 * <p>The workers are platform threads: JGit reads its connections inside monitors, which would pin virtual threads to
 * their few carriers on the older JDKs. Their number is the schedule's limit.
 */
public final class Poller implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Poller.class);
    private static final Duration IDLE_WORKER = Duration.ofSeconds(30);
    private static final Duration END_OF_LOOKS = Duration.ofSeconds(5);

    private final Schedule schedule;
    private final Function<Work, Next> look;
    private final ExecutorService workers;
    private final Thread dispatcher;

    /**
     * @param look looks at a source and says when to look again; whatever it throws is a bug, logged and retried
     */
    public Poller(Schedule schedule, Function<Work, Next> look) {
        this.schedule = schedule;
        this.look = look;
        this.workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_WORKER.toSeconds(), TimeUnit.SECONDS,
                new SynchronousQueue<>(), Thread.ofPlatform().name("git-watcher-look-", 0).factory());
        this.dispatcher = Thread.ofPlatform().name("git-watcher-schedule").unstarted(this::dispatch);
    }

    public void start() {
        dispatcher.start();
    }

    /** Stop beginning looks, and interrupt those that do not end within some seconds. */
    @Override
    public void close() {
        dispatcher.interrupt();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(END_OF_LOOKS.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                begin(schedule.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void begin(Work work) {
        try {
            workers.execute(() -> schedule.finished(work, run(work)));
        } catch (RuntimeException | Error e) {
            // No thread can be had, or it is closed: the other sources need this one.
            LOG.errorf(e, "A look cannot begin name=%s", work.source());
            schedule.finished(work, new Next.Retry());
        }
    }

    private Next run(Work work) {
        try {
            return look.apply(work);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "Looking at a source failed unexpectedly name=%s", work.source());
            return new Next.Retry();
        }
    }
}
