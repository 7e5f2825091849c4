package dev.tenantry.reconciler.http;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.Announcer;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.Targets;
import dev.tenantry.reconciler.plan.Drift;
import dev.tenantry.reconciler.queue.WorkQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Count what runs do, for Prometheus. */
@ApplicationScoped
class RunMetrics implements Announcer {

    private final MeterRegistry registry;

    RunMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void measureQueue(@Observes StartupEvent event, WorkQueue queue) {
        Gauge.builder("reconciler.queue.waiting", queue, each -> each.load().waiting())
                .description("Targets that wait for their turn")
                .register(registry);
        Gauge.builder("reconciler.queue.running", queue, each -> each.load().running())
                .description("Runs that go on")
                .register(registry);
        Gauge.builder("reconciler.queue.coalesced", queue, each -> each.load().coalesced())
                .description("Work that was merged into other work, since the start")
                .register(registry);
    }

    void measureTargets(@Observes StartupEvent event, Targets targets, Reconciler reconciler) {
        for (TargetView.Ready ready : TargetView.Ready.values()) {
            Gauge.builder("reconciler.targets", targets, all -> count(all, reconciler, ready))
                    .description("Targets of this replica, by their condition Ready")
                    .tag("ready", ready.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static long count(Targets targets, Reconciler reconciler, TargetView.Ready ready) {
        return targets.all()
                .stream()
                .filter(target -> reconciler.owns(target.name()) && TargetView.readiness(target) == ready)
                .count();
    }

    @Override
    public void built(Target target) {
        registry.counter("reconciler.builds").increment();
    }

    @Override
    public void delivered(Target target, RunReport.Counts counts) {
        objects("created", counts.created());
        objects("configured", counts.configured());
        objects("confirmed", counts.confirmed());
        objects("unchanged", counts.unchanged());
        objects("pruned", counts.pruned());
    }

    @Override
    public void ended(RunReport report) {
        registry.counter("reconciler.runs", "outcome", OutcomeWord.of(report.outcome()).word()).increment();
        report.durations()
                .forEach((stage, duration) -> registry.timer("reconciler.stage", "stage", stage.word())
                        .record(duration));
    }

    private void objects(String action, int count) {
        if (count > 0) {
            registry.counter("reconciler.objects", "action", action).increment(count);
        }
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, Drift drift) {
        registry.counter("reconciler.drift.corrected").increment();
    }

    @Override
    public void driftHeldBack(Target target, ObjectRef object, Drift drift) {
        registry.counter("reconciler.drift.held.back").increment();
    }
}
