package dev.tenantry.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.TargetMemory.Build;
import dev.tenantry.reconciler.TargetMemory.Pending;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.queue.Cause;
import dev.tenantry.reconciler.source.Masker;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;

/**
 * One run of one target: source, build, plan, apply, prune, health, outcome.
 * <p>
 * A run that finds its inputs as they were at the last one builds and applies nothing; it brings the status to the
 * source's revision. Waiting for a source, a dependency or health ends the run; what is waited for starts the next.
 */
final class Reconciliation {

    /** A wait that ends sooner is not worth a status write. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Ports ports;
    private final TenancyPolicy policy;
    private final Inputs inputs;
    private final Renderer renderer;
    private final Delivery delivery;
    private final HealthGate healthGate;
    private final StatusComposer composer;
    private final Timing timing;

    Reconciliation(Ports ports, TenancyPolicy policy, Renderer renderer, Delivery delivery, Timing timing) {
        this.ports = ports;
        this.policy = policy;
        this.inputs = new Inputs(ports, policy, timing.dependencyRetry());
        this.renderer = renderer;
        this.delivery = delivery;
        this.composer = new StatusComposer(timing.clock());
        this.healthGate = new HealthGate(ports.health(), timing.clock());
        this.timing = timing;
    }

    /**
     * How long to wait for what.
     *
     * @param dependencyRetry between looks at a dependency that does not wake us up
     */
    record Timing(Clock clock, Duration dependencyRetry) {}

    /** Run a target that is not being deleted. */
    Next run(Target target, TargetMemory memory, Set<Cause> causes) {
        if (target.spec().suspend()) {
            healthGate.end(target, memory);
            return new Next.WhenWoken();
        }
        if (memory.restored) {
            memory.restored = false;
            memory.settled = target.isReady() && isLive(target, memory);
        }
        var run = new Run(target, memory, causes, new Progress(timing.clock()));
        Optional<Outcome> refusal = inputs.refusal(target);
        if (refusal.isPresent()) {
            return end(run, target, refusal.get(), null, null);
        }
        if (!target.metadata().finalized()) {
            switch (ports.statuses().finalizer(target)) {
                case StatusWriter.Saved saved -> {
                    return source(run.with(saved.target()));
                }
                case StatusWriter.Superseded superseded -> {
                    return new Next.After(Duration.ZERO, Cause.RETRY);
                }
                case StatusWriter.Unsaved unsaved -> {
                    return new Next.After(memory.nextBackoff(retryInterval(target)), Cause.RETRY);
                }
            }
        }
        return source(run);
    }

    /** Tell whether all that is remembered of an earlier life is in the cluster, unchanged. */
    private boolean isLive(Target target, TargetMemory memory) {
        Inventory inventory = Inventory.of(target.status());
        ports.cluster().follow(inventory);
        return inventory.entries()
                .keySet()
                .stream()
                .allMatch(ref -> memory.applied.containsKey(ref) && ports.cluster()
                        .live(ref)
                        .filter(live -> memory.applied.get(ref).managed().equals(live.managed()))
                        .isPresent());
    }

    /** Bring a failure that nobody foresaw to the object's status. */
    Next crashed(Target target, TargetMemory memory, RuntimeException failure) {
        memory.build = null;
        memory.settled = false;
        var run = new Run(target, memory, Set.of(Cause.RETRY), new Progress(timing.clock()));
        return end(run, target, new Outcome.Failed(Reason.RECONCILIATION_FAILED,
                "internal error, see the reconciler's log: " + failure.getClass().getSimpleName()), null, null);
    }

    private Next source(Run run) {
        Target target = run.target();
        return switch (inputs.revision(target)) {
            case Input.Missing<SourceRevision> missing -> end(run, target, missing.outcome(), null, null);
            case Input.Given<SourceRevision> given -> variables(run, given.value());
        };
    }

    private Next variables(Run run, SourceRevision source) {
        Target target = run.target();
        Optional<Outcome> wait = inputs.dependency(target, source);
        if (wait.isPresent()) {
            return end(run, target, wait.get(), source.revision(), null);
        }
        return switch (inputs.variables(target)) {
            case Input.Missing<Variables.Resolved> missing -> end(run, target, missing.outcome(), source.revision(),
                    null);
            case Input.Given<Variables.Resolved> given -> content(run, source, given.value());
        };
    }

    private Next content(Run run, SourceRevision source, Variables.Resolved variables) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        String key = renderer.key(target, variables);
        Build last = memory.build;
        boolean sameKey = last != null && last.key().equals(key) && !run.wantsAll();
        if (sameKey && last.revision().equals(source.revision()) && nothingToDo(run)) {
            return settle(run, source.revision(), last);
        }
        return switch (inputs.content(target, source)) {
            case Input.Missing<SourceTree> missing -> end(run, target, missing.outcome(), source.revision(), null);
            case Input.Given<SourceTree> given -> {
                run.progress().ended(Stage.SOURCE);
                yield sameKey && nothingToDo(run) && isSame(last, given.value())
                        ? settle(run, source.revision(), last.at(source.revision()))
                        : build(run, source, variables, given.value(), key);
            }
        };
    }

    /** Tell whether, with the same inputs, the cluster needs nothing. */
    private static boolean nothingToDo(Run run) {
        Build build = run.memory().build;
        boolean drift = run.causes().contains(Cause.DRIFT)
                || run.causes().contains(Cause.INTERVAL) && !run.memory().heldBack.isEmpty();
        boolean retry = run.causes().contains(Cause.RETRY) || run.causes().contains(Cause.INTERVAL);
        if (build != null && build.failure() != null) {
            return !retry;
        }
        return run.memory().settled && !drift;
    }

    private static boolean isSame(Build build, SourceTree tree) {
        try {
            return build.inputs().sameIn(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the fetched source", e);
        }
    }

    /** With the same inputs: advance the revision, go on waiting, or fail as before. */
    private Next settle(Run run, String revision, Build build) {
        run.memory().build = build;
        Target target = run.target();
        if (build.failure() != null) {
            return end(run, target, build.failure(), revision, build.digest());
        }
        if (run.memory().health != null) {
            return end(run, target, healthGate.look(target, run.memory(), revision), revision, build.digest());
        }
        Outcome outcome = new Outcome.Ready(revision);
        return end(run, target, outcome, revision, build.digest());
    }

    private Next build(Run run, SourceRevision source, Variables.Resolved variables, SourceTree tree, String key) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        healthGate.end(target, memory);
        memory.settled = false;
        return switch (renderer.render(target, variables, tree)) {
            case Renderer.Unrendered failed -> {
                run.progress().ended(Stage.BUILD);
                memory.build = failed.inputs().isKnown()
                        ? new Build(key, source.revision(), failed.inputs(), "", failed.outcome())
                        : null;
                yield end(run.transitory(failed.transitory()), target, failed.outcome(), source.revision(), null);
            }
            case Renderer.Rendered rendered -> {
                run.progress().ended(Stage.BUILD);
                ports.announcer().built(target);
                memory.build = new Build(key, source.revision(), rendered.inputs(), rendered.digest(), null);
                yield deliver(run, source.revision(), rendered, new Masker(variables.secretValues()));
            }
        };
    }

    private Next deliver(Run run, String revision, Renderer.Rendered rendered, Masker masker) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        Optional<Outcome> emptiness = inputs.emptiness(target, rendered.objects());
        if (emptiness.isPresent()) {
            memory.build = null;
            return end(run, target, emptiness.get(), revision, rendered.digest());
        }
        Account account = policy.accountOf(target);
        var order = new Delivery.Order(account, revision, rendered.objects(), masker, run.wantsAll(),
                run.causes().contains(Cause.INTERVAL));
        var result = delivery.deliver(target, memory, order, run.progress(), ports::isAlive);
        return switch (result) {
            case Delivery.Superseded superseded -> new Next.After(GRACE, Cause.RETRY);
            case Delivery.Undelivered undelivered -> end(
                    run.with(undelivered.target()).having(undelivered.inventory()).transitory(undelivered.transitory()),
                    undelivered.target(), undelivered.outcome(), revision, rendered.digest());
            case Delivery.Delivered delivered -> {
                memory.settled = true;
                memory.heldBack = delivered.heldBack().keySet();
                Build build = memory.build;
                if (build != null) {
                    ports.announcer()
                            .remembered(delivered.target(), new RememberedBuild(build.key(), build.revision(),
                                    build.inputs(), build.digest(), Map.copyOf(memory.applied)));
                }
                tellOfDrift(delivered);
                var next = run.with(delivered.target()).having(delivered.inventory());
                Outcome outcome = healthGate.start(next.target(), memory, account, rendered.objects(),
                        delivered.applied(), revision);
                next.progress().ended(Stage.HEALTH);
                yield end(next, next.target(), outcome, revision, rendered.digest());
            }
        };
    }

    private Next end(Run run, Target target, Outcome outcome, @Nullable String revision, @Nullable String digest) {
        TargetMemory memory = run.memory();
        Inventory before = Inventory.of(target.status());
        Inventory after = run.inventory() == null ? before : run.inventory();
        RunReport report = run.progress().report(target, outcome, revision, digest, after);
        if (outcome instanceof Outcome.Waiting) {
            boolean lasts = lasts(memory, outcome);
            if (!lasts && after.equals(before) && target.isObserved()) {
                memory.remember(report);
                return new Next.After(GRACE, Cause.WAIT);
            }
        } else {
            memory.pending = null;
        }
        KustomizationStatus status = composer.ended(report);
        if (!StatusComposer.saysTheSame(status, target.status())) {
            switch (ports.statuses().write(target, status)) {
                case StatusWriter.Saved saved -> {
                    memory.remember(report);
                    ports.announcer().ended(report);
                }
                case StatusWriter.Superseded superseded -> {
                    return new Next.After(GRACE, Cause.RETRY);
                }
                case StatusWriter.Unsaved unsaved -> {
                    return new Next.After(memory.nextBackoff(retryInterval(target)), Cause.WAIT);
                }
            }
        } else if (report.durations().containsKey(Stage.BUILD)) {
            // It has done its work again, as somebody asked for.
            memory.remember(report);
        }
        return next(run, target, outcome);
    }

    /** Tell whether a wait has been the same for longer than the grace. */
    private boolean lasts(TargetMemory memory, Outcome outcome) {
        Instant now = timing.clock().instant();
        Pending pending = memory.pending;
        if (pending == null || !pending.reason().equals(outcome.reason())) {
            memory.pending = new Pending(outcome.reason(), now);
            return false;
        }
        return !now.isBefore(pending.since().plus(GRACE));
    }

    private Next next(Run run, Target target, Outcome outcome) {
        TargetMemory memory = run.memory();
        return switch (outcome) {
            case Outcome.Ready ready -> {
                memory.succeeded();
                yield new Next.After(target.spec().effectiveInterval(), Cause.INTERVAL);
            }
            case Outcome.Waiting waiting -> new Next.After(waiting.retryAfter(), Cause.WAIT);
            case Outcome.Stalled stalled -> new Next.WhenWoken();
            case Outcome.Failed failed -> new Next.After(
                    run.isTransitory() ? memory.nextBackoff(retryInterval(target)) : retryInterval(target),
                    Cause.RETRY);
        };
    }

    private void tellOfDrift(Delivery.Delivered delivered) {
        Target target = delivered.target();
        delivered.corrected().forEach((ref, manager) -> ports.announcer().driftCorrected(target, ref, manager));
        delivered.heldBack().forEach((ref, manager) -> ports.announcer().driftHeldBack(target, ref, manager));
    }

    private static Duration retryInterval(Target target) {
        return target.spec().effectiveRetryInterval();
    }
}
