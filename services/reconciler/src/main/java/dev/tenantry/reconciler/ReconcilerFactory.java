package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

import dev.tenantry.reconciler.Reconciler.Membership;
import dev.tenantry.reconciler.apply.Applier;
import dev.tenantry.reconciler.build.Builder;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.queue.Limits;
import dev.tenantry.reconciler.queue.WorkQueue;

/** Put the parts of a reconciler together. */
public final class ReconcilerFactory {

    /** How long a person may be kept waiting behind others. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ReconcilerFactory() {}

    /**
     * How a reconciler works.
     *
     * @param limits of what runs at once
     * @param applier applies
     * @param dependencyRetry between looks at a dependency that wakes nobody up
     * @param policy who may refer to what
     */
    public record Settings(Limits limits, Applier applier, Duration dependencyRetry, TenancyPolicy policy) {}

    /**
     * What renders.
     *
     * @param version names the engines
     * @param fingerprint names contents
     * @param teamOfNamespace gives the team of a namespace, whose share of the workers its builds take
     */
    public record Rendering(Builder builder, String version, Fingerprint fingerprint,
            UnaryOperator<String> teamOfNamespace) {}

    /** Where runs happen: each on a thread of the executor, delayed ones by the timer. */
    public record Threads(Executor executor, ScheduledExecutorService timer) {}

    /** Make a reconciler and its queue; nothing runs before it is told of something. */
    public static Reconciler create(Targets targets, Ports ports, Settings settings, Rendering rendering,
            Membership membership) {
        Clock clock = membership.clock();
        var renderer = renderer(rendering, ports);
        var delivery = new Delivery(ports.cluster(), ports.statuses(), new StatusComposer(clock), settings.applier(),
                rendering.fingerprint(), membership.owned());
        var reconciliation = new Reconciliation(ports, settings.policy(), renderer, delivery,
                new Reconciliation.Timing(clock, settings.dependencyRetry()));
        var finalization = new Finalization(ports, settings.policy(), settings.applier().inFlight(), clock);
        return new Reconciler(targets, ports, reconciliation, finalization, membership);
    }

    /**
     * Make what compares targets with the cluster.
     *
     * @param atOnce comparisons at once: they take the same workers as runs
     */
    public static Comparison comparison(Reconciler reconciler, Ports ports, Settings settings, Rendering rendering,
            int atOnce) {
        return new Comparison(ports, settings.policy(), renderer(rendering, ports), rendering.fingerprint(),
                reconciler::applied, new Comparison.Turns(atOnce, PATIENCE));
    }

    private static Renderer renderer(Rendering rendering, Ports ports) {
        return new Renderer(rendering.builder()::build, rendering.version(), ports.cluster(), rendering.fingerprint(),
                rendering.teamOfNamespace());
    }

    /** Make the queue of a reconciler, and start it. */
    public static WorkQueue start(Reconciler reconciler, Limits limits, Threads threads) {
        var queue = new WorkQueue(limits, threads.executor(), threads.timer(), reconciler::work);
        reconciler.start(queue);
        return queue;
    }
}
