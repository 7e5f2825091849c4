package dev.tenantry.gitwatcher.wiring;

import java.io.IOException;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.MaintenanceReport;
import dev.tenantry.git.MaintenanceSchedule;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.GoneSources;
import dev.tenantry.gitwatcher.artifact.Downloads;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Tidy up: downloads at the start, repositories and what was fetched for deleted sources now and then. */
@Singleton
class Maintenance {

    private final RepositoryStore store;
    private final GoneSources gone;
    private final Downloads downloads;
    private final GitWatcherConfig.Repositories config;
    private final MeterRegistry meters;
    private @Nullable MaintenanceSchedule schedule;

    Maintenance(RepositoryStore store, GoneSources gone, Downloads downloads, GitWatcherConfig config,
            MeterRegistry meters) {
        this.store = store;
        this.gone = gone;
        this.downloads = downloads;
        this.config = config.repositories();
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) throws IOException {
        downloads.empty();
        schedule = MaintenanceSchedule.start(config.collectEvery(), this::maintain, this::count);
    }

    private MaintenanceReport maintain() {
        gone.forget();
        return store.maintenance(config.grace());
    }

    @PreDestroy
    void stop() {
        if (schedule != null) {
            schedule.close();
        }
    }

    private void count(MaintenanceReport report) {
        count("repacked", report.repacked());
        count("deleted", report.deleted());
        count("failed", report.failed());
    }

    private void count(String result, int repositories) {
        meters.counter("git_watcher.repositories.maintained", "result", result).increment(repositories);
    }
}
