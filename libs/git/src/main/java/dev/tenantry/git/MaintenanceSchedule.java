package dev.tenantry.git;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maintain repositories every so often, and the memory that this and all else took; on threads of its own, until closed. */
public final class MaintenanceSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSchedule.class);
    /** A burst of work leaves a megabyte or two of garbage a second in the old generation. */
    private static final Duration LOOK_AT_MEMORY = Duration.ofSeconds(10);

    private final Supplier<MaintenanceReport> maintenance;
    private final Consumer<MaintenanceReport> listener;
    private final ScheduledExecutorService timer = Executors
            .newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("git-maintenance-", 0).factory());

    private MaintenanceSchedule(Supplier<MaintenanceReport> maintenance, Consumer<MaintenanceReport> listener) {
        this.maintenance = maintenance;
        this.listener = listener;
    }

    /**
     * Begin, with a first run after the interval.
     *
     * @param every how long after the end of a run the next one begins
     * @param maintenance the run, as {@link RepositoryStore#maintenance} or {@link ContentClient#maintenance}
     * @param listener told of each run, to count what was done
     */
    public static MaintenanceSchedule start(Duration every, Supplier<MaintenanceReport> maintenance,
            Consumer<MaintenanceReport> listener) {
        var schedule = new MaintenanceSchedule(maintenance, listener);
        schedule.repeat(every, schedule::run, "Repositories could not be maintained");
        schedule.repeat(LOOK_AT_MEMORY, OldGeneration::bound, "The old generation could not be looked at");
        return schedule;
    }

    private void repeat(Duration every, Runnable work, String complaint) {
        timer.scheduleWithFixedDelay(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // Thrown on, it would end the schedule.
                LOG.error(complaint, e);
            }
        }, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        MaintenanceReport report = maintenance.get();
        if (report.repacked() + report.deleted() + report.failed() > 0) {
            LOG.info("Repositories were maintained report={}", report);
        }
        listener.accept(report);
        // A repack leaves more garbage than all else that a service does.
        OldGeneration.tidy();
    }

    /** Begin no further run, and interrupt the one under way: what it has not finished is as it was before. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
