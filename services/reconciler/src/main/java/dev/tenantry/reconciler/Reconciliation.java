package dev.tenantry.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.TargetMemory.Build;
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

    private final Ports ports;
    private final TenancyPolicy policy;
    private final Inputs inputs;
    private final Renderer renderer;
    private final Delivery delivery;
    private final HealthGate healthGate;
    private final DriftCheck driftCheck;
    private final Conclusion conclusion;
    private final Clock clock;

    Reconciliation(Ports ports, TenancyPolicy policy, Renderer renderer, Delivery delivery, Timing timing) {
        this.ports = ports;
        this.policy = policy;
        this.inputs = new Inputs(ports, policy, timing.dependencyRetry());
        this.renderer = renderer;
        this.delivery = delivery;
        this.healthGate = new HealthGate(ports, timing.clock());
        this.driftCheck = new DriftCheck(ports.cluster());
        this.conclusion = new Conclusion(ports, timing.clock());
        this.clock = timing.clock();
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
            memory.settled = target.isReady() && driftCheck.isRestored(target, memory);
        }
        var run = new Run(target, memory, causes, new Progress(clock).after(memory.untold));
        if (run.isAtInterval() || run.wantsAll()) {
            memory.intervalOver();
        }
        Optional<Outcome> refusal = inputs.refusal(target);
        if (refusal.isPresent()) {
            return end(run, refusal.get(), null, null);
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
                    return new Next.After(memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.RETRY);
                }
            }
        }
        return source(run);
    }

    /** Try again later what was not tried, since the target's inventory could not be read. */
    Next unread(Target target, TargetMemory memory, String message) {
        if (target.metadata().deleting()) {
            return new Next.After(memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
        }
        var run = new Run(target, memory, Set.of(Cause.RETRY), new Progress(clock).after(memory.untold));
        return end(run.transitory(true),
                new Outcome.Failed(Reason.RECONCILIATION_FAILED, "cannot read the inventory: " + message), null, null);
    }

    /** Bring a failure that nobody foresaw to the object's status. */
    Next crashed(Target target, TargetMemory memory, RuntimeException failure) {
        memory.build = null;
        memory.settled = false;
        var run = new Run(target, memory, Set.of(Cause.RETRY), new Progress(clock).after(memory.untold));
        return end(run, new Outcome.Failed(Reason.RECONCILIATION_FAILED,
                "internal error, see the reconciler's log: " + failure.getClass().getSimpleName()), null, null);
    }

    private Next source(Run run) {
        Target target = run.target();
        return switch (inputs.revision(target)) {
            case Input.Missing<SourceRevision> missing -> end(run, missing.outcome(), null, null);
            case Input.Given<SourceRevision> given -> variables(run, given.value());
        };
    }

    private Next variables(Run run, SourceRevision source) {
        Target target = run.target();
        Optional<Outcome> wait = inputs.dependency(target, source);
        if (wait.isPresent()) {
            return end(run, wait.get(), source.revision(), null);
        }
        return switch (inputs.variables(target)) {
            case Input.Missing<Variables.Resolved> missing -> end(run, missing.outcome(), source.revision(), null);
            case Input.Given<Variables.Resolved> given -> content(run, source, given.value());
        };
    }

    private Next content(Run run, SourceRevision source, Variables.Resolved variables) {
        Target target = run.target();
        TargetMemory memory = run.memory();
        memory.source = source;
        memory.key = renderer.key(target, source, variables, policy.accountOf(target), memory.key);
        String key = memory.key.value();
        Build last = memory.build;
        boolean sameKey = last != null && last.key().equals(key) && !run.wantsAll();
        if (sameKey && last.revision().equals(source.revision()) && nothingToDo(run)) {
            return settle(run, last);
        }
        return switch (inputs.content(target, source)) {
            case Input.Missing<SourceTree> missing -> end(run, missing.outcome(), source.revision(), null);
            case Input.Given<SourceTree> given -> {
                run.progress().ended(Stage.SOURCE);
                yield sameKey && nothingToDo(run) && isSame(last, given.value())
                        ? settle(run, last.at(source.revision()))
                        : build(run, source, variables, given.value(), key);
            }
        };
    }

    /** Tell whether, with the same inputs, the cluster needs nothing. */
    private boolean nothingToDo(Run run) {
        TargetMemory memory = run.memory();
        if (memory.build != null && memory.build.failure() != null) {
            return !run.causes().contains(Cause.RETRY) && !run.isAtInterval();
        }
        return memory.settled && (run.isAtInterval()
                ? driftCheck.isSteadyAtInterval(run.target(), memory)
                : driftCheck.isSteady(memory));
    }

    private static boolean isSame(Build build, SourceTree tree) {
        try {
            return build.inputs().sameIn(tree, build.revision());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the fetched source", e);
        }
    }

    /** With the same inputs: advance the revision, go on waiting, or fail as before. */
    private Next settle(Run run, Build build) {
        run.memory().build = build;
        Target target = run.target();
        if (build.failure() != null) {
            return end(run, build.failure(), build.revision(), build.digest());
        }
        boolean anew = run.isAtInterval() || !target.isObserved();
        RunReport untold = run.memory().untold;
        var question = new HealthGate.Question(policy.accountOf(target),
                untold == null ? Inventory.of(target.status()) : untold.inventory(), build.revision());
        return end(run, healthGate.look(target, run.memory(), question, anew), build.revision(),
                build.digest());
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
                yield end(run.transitory(failed.transitory()), failed.outcome(), source.revision(), null);
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
            return end(run, emptiness.get(), revision, rendered.digest());
        }
        Account account = policy.accountOf(target);
        var order = new Delivery.Order(account, revision, rendered.objects(), masker, run.wantsAll(),
                run.isAtInterval() || run.wantsAll());
        RunReport.Counts before = run.progress().counts();
        var result = delivery.deliver(target, memory, order, run.progress(), ports::isAlive);
        ports.announcer().delivered(target, run.progress().counts().minus(before));
        return switch (result) {
            case Delivery.Superseded superseded -> new Next.After(Conclusion.MOMENT, Cause.RETRY);
            case Delivery.Undelivered undelivered -> end(
                    run.with(undelivered.target()).having(undelivered.inventory()).transitory(undelivered.transitory()),
                    undelivered.outcome(), revision, rendered.digest());
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
                Outcome outcome = healthGate.start(next.target(), memory,
                        new HealthGate.Question(account, delivered.inventory(), revision), delivered.applied());
                next.progress().ended(Stage.HEALTH);
                Next after = end(next, outcome, revision, rendered.digest());
                // Somebody else was there while we applied, and nobody may have been told.
                yield driftCheck.isSteady(memory) ? after : new Next.After(Conclusion.MOMENT, Cause.DRIFT);
            }
        };
    }

    private Next end(Run run, Outcome outcome, @Nullable String revision, @Nullable String digest) {
        switch (outcome) {
            case Outcome.Ready ready -> {
                // What is known of health is worth keeping.
            }
            case Outcome.Waiting waiting when waiting.on() == Outcome.On.HEALTH -> {
                // It goes on.
            }
            case Outcome.Waiting waiting -> healthGate.end(run.target(), run.memory());
            case Outcome.Stalled stalled -> healthGate.end(run.target(), run.memory());
            case Outcome.Failed failed -> healthGate.end(run.target(), run.memory());
        }
        return conclusion.end(run, outcome, revision, digest);
    }

    private void tellOfDrift(Delivery.Delivered delivered) {
        Target target = delivered.target();
        delivered.corrected().forEach((ref, drift) -> ports.announcer().driftCorrected(target, ref, drift));
        delivered.heldBack().forEach((ref, drift) -> ports.announcer().driftHeldBack(target, ref, drift));
    }
}
