package dev.tenantry.gitwatcher.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
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
public class HistoryDatabase implements Transactions {

    /**
     * Classes of SQLSTATE: data exception, integrity constraint violation.
     *
     * @see <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL Error Codes</a>
     */
    private static final Set<String> ENTRY_IS_WRONG = Set.of("22", "23");
    private static final Logger LOG = Logger.getLogger(HistoryDatabase.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    private final Flyway flyway;
    private final boolean enabled;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("git-watcher-migration").factory());
    private volatile boolean migrated;
    private volatile @Nullable String trouble;
    private volatile long triedAt;

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

    @Override
    public boolean isReady() {
        // The libraries below log each attempt.
        if (migrated && trouble != null && System.nanoTime() - triedAt > BETWEEN_ATTEMPTS.toNanos()) {
            triedAt = System.nanoTime();
            if (answers()) {
                recovered();
            }
        }
        return migrated && trouble == null;
    }

    /** Write in a transaction; logs once when Postgres goes or comes. */
    @Override
    public Result write(Runnable work) {
        try {
            QuarkusTransaction.requiringNew().run(work);
            recovered();
            return new Result.Written();
        } catch (RuntimeException e) {
            if (isOfTheEntry(e)) {
                return new Result.Refused(e);
            }
            failed(e);
            return new Result.Away();
        }
    }

    /**
     * Read in a transaction.
     *
     * @throws HistoryUnavailableException when Postgres does not answer
     * @throws RuntimeException when it does, but not to this
     */
    <T> T read(Callable<T> work) {
        if (!migrated) {
            throw new HistoryUnavailableException(null);
        }
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } catch (RuntimeException e) {
            if (answers()) {
                // A connection that broke while nobody used it fails as well.
                return QuarkusTransaction.requiringNew().call(work);
            }
            failed(e);
            throw new HistoryUnavailableException(e);
        }
    }

    /** Tell whether what was to be written is wrong, and not Postgres: a value, a constraint, or a bug of ours. */
    private static boolean isOfTheEntry(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return ENTRY_IS_WRONG.contains(refused.getSQLState().substring(0, 2));
            }
        }
        return answers();
    }

    private static boolean answers() {
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> !FetchEntity.getEntityManager()
                            .createNativeQuery("select 1")
                            .getResultList()
                            .isEmpty());
        } catch (RuntimeException e) {
            LOG.debug("Postgres does not answer", e);
            return false;
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
            LOG.info("Postgres answers again: the history goes on");
        }
    }

    private void failed(RuntimeException cause) {
        if (trouble == null) {
            LOG.warnf("Postgres does not answer, so that the history waits for it reason=%s", cause.getMessage());
            LOG.debug("Postgres does not answer", cause);
        }
        triedAt = System.nanoTime();
        trouble = cause.getClass().getSimpleName();
    }
}
