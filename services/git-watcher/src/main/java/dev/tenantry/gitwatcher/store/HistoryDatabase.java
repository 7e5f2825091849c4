package dev.tenantry.gitwatcher.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.GitWatcherConfig;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;

/** The way to Postgres: brings the schema up to date in the background, for as long as it takes Postgres to be there. */
@Singleton
public class HistoryDatabase {

    private static final Logger LOG = Logger.getLogger(HistoryDatabase.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Flyway flyway;
    private final boolean enabled;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("git-watcher-migration").factory());
    private volatile boolean migrated;
    private volatile @Nullable String trouble;

    HistoryDatabase(@FlywayDataSource("git-watcher") Flyway flyway, GitWatcherConfig config) {
        this.flyway = flyway;
        this.enabled = config.history().enabled();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            timer.execute(() -> migrate(FIRST_PAUSE));
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** Say in a few words, for health's detail, whether a history is kept. */
    public String describe() {
        if (!enabled) {
            return "switched off";
        }
        String now = trouble;
        return migrated && now == null ? "kept" : "not kept: " + (now == null ? "waits for the schema" : now);
    }

    /** Tell whether the schema is there. */
    boolean isReady() {
        return migrated;
    }

    /** Write in a transaction; tells whether it worked, and logs once when that changes. */
    boolean write(Runnable work) {
        try {
            QuarkusTransaction.requiringNew().run(work);
            recovered();
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    /**
     * Read in a transaction.
     *
     * @throws HistoryUnavailableException when Postgres does not answer
     */
    <T> T read(Callable<T> work) {
        if (!migrated) {
            throw new HistoryUnavailableException(null);
        }
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } catch (RuntimeException e) {
            failed(e);
            throw new HistoryUnavailableException(e);
        }
    }

    private void migrate(Duration pause) {
        try {
            flyway.migrate();
            migrated = true;
            recovered();
        } catch (RuntimeException e) {
            failed(e);
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            timer.schedule(() -> migrate(next), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void recovered() {
        if (trouble != null) {
            trouble = null;
            LOG.info("Postgres answers again: the history is kept from now on");
        }
    }

    private void failed(RuntimeException cause) {
        if (trouble == null) {
            LOG.warnf("Postgres does not answer, so that no history is kept reason=%s", cause.getMessage());
            LOG.debug("Postgres does not answer", cause);
        }
        trouble = cause.getClass().getSimpleName();
    }
}
