package dev.tenantry.secretsservice.wiring;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.Meters;
import dev.tenantry.secretsservice.Report;
import dev.tenantry.secretsservice.queue.OpeningQueue;
import io.quarkus.runtime.StartupEvent;

/** Show in metrics what there is. */
@Singleton
class Gauges {

    void start(@Observes StartupEvent event, Meters meters, OpeningQueue queue, Keys keys, Report report) {
        meters.follow(queue, keys, report);
    }
}
