package dev.tenantry.gitwatcher;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.RepositoryStore;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Count and time what happens; no label has more values than there are results. */
public final class Meters implements Observer, Deliveries {

    private final MeterRegistry registry;

    public Meters(MeterRegistry registry, Schedule schedule, RepositoryStore store) {
        this.registry = registry;
        Gauge.builder("git_watcher.queue.depth", schedule, Schedule::depth)
                .description("Sources that are due but not looked at yet")
                .register(registry);
        Gauge.builder("git_watcher.sources", schedule, Schedule::size)
                .description("Sources that this replica owns")
                .register(registry);
        Gauge.builder("git_watcher.requests.coalesced", schedule, Schedule::coalesced)
                .description("Requests that were merged into another one, since the start")
                .register(registry);
        Gauge.builder("git_watcher.repositories.size", store, RepositoryStore::sizeInBytes)
                .description("The size of all repositories on disk")
                .baseUnit("bytes")
                .register(registry);
    }

    @Override
    public void observed(Observation observation) {
        String result = switch (observation.outcome()) {
            case Outcome.Ready ready -> ready.fresh() ? "new" : "unchanged";
            case Outcome.Stalled stalled -> stalled.reason();
            case Outcome.Failed failed -> failed.reason();
        };
        Timer.builder("git_watcher.fetch")
                .description("Looks at sources: asking the remote, fetching, packing")
                .tag("result", result)
                .tag("cause", observation.work().trigger().cause().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(observation.fetch());
    }

    @Override
    public void delivered(Hook hook, Delivery delivery, @Nullable String traceparent) {
        String verdict = switch (delivery.verdict()) {
            case Verdict.Accepted accepted -> "accepted";
            case Verdict.Ignored ignored -> "ignored";
            case Verdict.Refused refused -> "refused";
        };
        registry.counter("git_watcher.deliveries", "type", hook.spec().type(), "verdict", verdict).increment();
    }
}
