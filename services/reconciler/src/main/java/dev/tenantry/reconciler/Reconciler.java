package dev.tenantry.reconciler;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.TargetMemory.Build;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.queue.Cause;
import dev.tenantry.reconciler.queue.Lane;
import dev.tenantry.reconciler.queue.WorkItem;
import dev.tenantry.reconciler.queue.WorkQueue;
import dev.tenantry.reconciler.source.Content;
import dev.tenantry.reconciler.source.Resolution;
import dev.tenantry.reconciler.source.SourceRevision;

/**
 * Decide when targets run: whatever changes in git or in the cluster arrives here and becomes work for the targets that
 * this replica owns.
 * <p>
 * All methods may be called from any thread and return at once. What they are told may be told twice.
 */
public final class Reconciler {

    private static final Logger LOGGER = LoggerFactory.getLogger(Reconciler.class);

    private final Targets targets;
    private final Ports ports;
    private final Reconciliation reconciliation;
    private final Finalization finalization;
    private final Predicate<NamespacedName> owned;
    private final UnaryOperator<String> teamOfNamespace;
    private final Clock clock;
    private final Map<NamespacedName, TargetMemory> memories = new ConcurrentHashMap<>();
    private volatile WorkQueue queue;

    Reconciler(Targets targets, Ports ports, Reconciliation reconciliation, Finalization finalization,
            Membership membership) {
        this.targets = targets;
        this.ports = ports;
        this.reconciliation = reconciliation;
        this.finalization = finalization;
        this.owned = membership.owned();
        this.teamOfNamespace = membership.teamOfNamespace();
        this.clock = membership.clock();
    }

    /**
     * Whose targets these are.
     *
     * @param owned tells the targets of this replica
     * @param teamOfNamespace gives the team of a namespace
     */
    public record Membership(Predicate<NamespacedName> owned, UnaryOperator<String> teamOfNamespace, Clock clock) {}

    /** Begin to hand work to a queue whose worker is {@link #work}. */
    public void start(WorkQueue workQueue) {
        this.queue = workQueue;
    }

    /** A Kustomization was read, by a watch or after one of our writes. */
    public void targetSeen(Target target) {
        Targets.Update update = targets.put(target);
        if (!update.accepted()) {
            return;
        }
        Target before = update.before();
        if (before == null || !sameReadiness(before, target)) {
            targets.dependents(target.name()).forEach(dependent -> offer(dependent, Cause.DEPENDENCY));
        }
        if (before == null || target.asksOtherwiseThan(before)) {
            offer(target, Cause.SPEC);
        }
        if (target.metadata().deleting()) {
            offer(target, Cause.DELETION);
        } else if (target.pendingRequest().isPresent()
                && (before == null || !target.requestedAt().equals(before.requestedAt()))) {
            offer(target, Cause.REQUEST);
        }
    }

    /** A Kustomization is gone. */
    public void targetGone(NamespacedName name) {
        targets.remove(name);
        forget(name);
        ports.announcer().forgotten(name);
        targets.dependents(name).forEach(dependent -> offer(dependent, Cause.DEPENDENCY));
    }

    /** A source has an artifact that it did not have before, or is new, or gone. Blocks while its files are fetched. */
    public void sourceChanged(NamespacedName source) {
        List<Target> affected = targets.ofSource(source).stream().filter(target -> owned.test(target.name())).toList();
        if (affected.isEmpty()) {
            return;
        }
        if (!(ports.sources().resolve(source) instanceof Resolution.Found found)) {
            affected.forEach(target -> offer(target, Cause.REVISION));
            return;
        }
        List<Target> behind = affected.stream().filter(target -> !isAt(target, found.revision())).toList();
        if (behind.isEmpty()) {
            return;
        }
        Content content = ports.sources().open(found.revision());
        for (Target target : behind) {
            Lane lane = content instanceof Content.Available available && isUntouched(target, available)
                    ? Lane.BOOKKEEPING
                    : Lane.CHANGE;
            queue.offer(item(target, Cause.REVISION).in(lane));
        }
    }

    private boolean isAt(Target target, SourceRevision offered) {
        TargetMemory memory = memories.get(target.name());
        SourceRevision seen = memory == null ? null : memory.source;
        return target.isReady() && offered.revision().equals(target.status().lastAppliedRevision())
                && (seen == null || seen.equals(offered));
    }

    private boolean isUntouched(Target target, Content.Available content) {
        TargetMemory memory = memories.get(target.name());
        Build build = memory == null ? null : memory.build;
        try {
            return build != null && build.inputs().sameIn(content.tree(), build.revision());
        } catch (IOException e) {
            LOGGER.warn("cannot compare a target's inputs name={}", target.name(), e);
            return false;
        }
    }

    /** An object that a target applied was changed or deleted; the run finds out whether by us. */
    public void objectChanged(NamespacedName target) {
        targets.find(target)
                .filter(found -> owned.test(target))
                .ifPresent(found -> queue.offerSettled(item(found, Cause.DRIFT)));
    }

    /** The health of an object that a target waits for has changed. */
    public void healthChanged(NamespacedName target) {
        targets.find(target).ifPresent(found -> offer(found, Cause.HEALTH));
    }

    /** A ConfigMap or Secret in the namespace has changed. */
    public void variablesChanged(String kind, NamespacedName name) {
        targets.all()
                .stream()
                .filter(target -> target.name().namespace().equals(name.namespace()))
                .filter(target -> target.spec().postBuild() != null && target.spec()
                        .postBuild()
                        .substituteFrom()
                        .stream()
                        .anyMatch(from -> from.kind().equals(kind) && from.name().equals(name.name())))
                .forEach(target -> offer(target, Cause.VARIABLES));
    }

    /** Somebody asks for a full run, and a target of that name exists. */
    public boolean request(NamespacedName name) {
        Optional<Target> found = targets.find(name);
        found.ifPresent(target -> offer(target, Cause.REQUEST));
        return found.isPresent();
    }

    /** Look at all owned targets that a condition holds for: whatever was missed is found. */
    public void resync(Predicate<NamespacedName> which) {
        targets.all()
                .stream()
                .filter(target -> which.test(target.name()))
                .forEach(target -> offer(target, Cause.RESYNC));
    }

    /** Forget all that is remembered of targets that another replica has now. */
    public void release(Predicate<NamespacedName> which) {
        memories.keySet().stream().filter(which).toList().forEach(this::forget);
    }

    /** Take over what another replica, or this one before a restart, remembered of a target that is ready. */
    public void restore(NamespacedName name, RememberedBuild remembered) {
        TargetMemory memory = memory(name);
        memory.build = new Build(remembered.key(), remembered.revision(), remembered.inputs(), remembered.digest(),
                null);
        memory.applied.putAll(remembered.applied());
        memory.restored = true;
    }

    /** Tell what a target last applied as an object. */
    public Optional<Applied> applied(NamespacedName target, ObjectRef ref) {
        return Optional.ofNullable(memories.get(target)).map(memory -> memory.applied.get(ref));
    }

    /** Tell whether this replica works on a target. */
    public boolean owns(NamespacedName target) {
        return owned.test(target);
    }

    /** Give what of its source a target's last build depended on; remembered by its owner only. */
    public Optional<LastBuild> lastBuild(NamespacedName target) {
        return Optional.ofNullable(memories.get(target))
                .map(memory -> memory.build)
                .map(build -> new LastBuild(build.revision(), build.inputs()));
    }

    /** @param revision the newest one at which the inputs are known to be the same */
    public record LastBuild(String revision, RecordedInputs inputs) {}

    /** Give the last runs of a target, newest first; they are remembered by its owner only. */
    public List<PastRun> runs(NamespacedName target) {
        return Optional.ofNullable(memories.get(target)).map(TargetMemory::runs).orElse(List.of());
    }

    /** Do one item of work; blocks. */
    void work(WorkItem item) {
        NamespacedName name = item.target();
        Optional<Target> found = targets.find(name);
        if (found.isEmpty() || !owned.test(name)) {
            forget(name);
            return;
        }
        Target target = found.get();
        TargetMemory memory = memory(name);
        Next next;
        try {
            next = switch (ports.statuses().complete(target)) {
                case StatusWriter.Read read -> run(read.target(), memory, item);
                case StatusWriter.Unread unread -> reconciliation.unread(target, memory, unread.message());
            };
        } catch (RuntimeException e) {
            next = crashed(target, memory, e);
        }
        // What an earlier run had in mind, such as to look at a wait again, is decided anew.
        queue.forgetDelayed(name);
        switch (next) {
            case Next.After after -> queue.offerAfter(item(target, after.cause()), after.spread());
            case Next.WhenWoken woken -> {
                // Nothing is planned.
            }
            case Next.Never never -> forget(name);
        }
    }

    private Next run(Target target, TargetMemory memory, WorkItem item) {
        return target.metadata().deleting()
                ? finalization.run(target, memory)
                : reconciliation.run(target, memory, item.causes());
    }

    private Next crashed(Target target, TargetMemory memory, RuntimeException failure) {
        if (queue.isClosed()) {
            // This replica stops, and the run lost what it needs: that says nothing of the target.
            LOGGER.info("a run ended with this replica name={} cause={}", target.name(), failure.toString());
            return new Next.WhenWoken();
        }
        LOGGER.error("a run failed unexpectedly name={}", target.name(), failure);
        try {
            return reconciliation.crashed(target, memory, failure);
        } catch (RuntimeException e) {
            LOGGER.error("the failure of a run cannot be told name={}", target.name(), e);
            return new Next.After(target.spec().effectiveRetryInterval(), Cause.RETRY);
        }
    }

    private void forget(NamespacedName name) {
        memories.remove(name);
        queue.forget(name);
        ports.health().end(name);
        ports.statuses().forget(name);
    }

    private TargetMemory memory(NamespacedName name) {
        return memories.computeIfAbsent(name, any -> new TargetMemory(clock));
    }

    private void offer(Target target, Cause cause) {
        if (owned.test(target.name())) {
            queue.offer(item(target, cause));
        }
    }

    private WorkItem item(Target target, Cause cause) {
        return WorkItem.of(target.name(), teamOfNamespace.apply(target.name().namespace()), cause);
    }

    private static boolean sameReadiness(Target one, Target other) {
        return one.isReady() == other.isReady()
                && one.conditions().isTrue(ConditionType.READY) == other.conditions().isTrue(ConditionType.READY)
                && Objects.equals(one.status().lastAppliedRevision(), other.status().lastAppliedRevision());
    }
}
