package dev.tenantry.reconciler.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.ContentClient;
import dev.tenantry.git.MaintenanceReport;
import dev.tenantry.git.MaintenanceSchedule;
import dev.tenantry.reconciler.Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Repack the cache of fetched sources and collect what nothing refers to, now and then. */
@ApplicationScoped
class ContentMaintenance {

    private final ContentClient contents;
    private final Config.Repositories config;
    private final MeterRegistry meters;
    private @Nullable MaintenanceSchedule schedule;

    ContentMaintenance(ContentClient contents, Config config, MeterRegistry meters) {
        this.contents = contents;
        this.config = config.repositories();
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("reconciler.repositories.size", contents, ContentClient::sizeInBytes)
                .description("The size of all fetched sources on disk")
                .baseUnit("bytes")
                .register(meters);
        schedule = MaintenanceSchedule.start(config.collectEvery(),
                () -> contents.maintenance(config.grace(), config.mostBytes()), this::count);
    }

    void stop(@Observes ShutdownEvent event) {
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
        meters.counter("reconciler.repositories.maintained", "result", result).increment(repositories);
    }
}
