package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.kustomize.DeletionPolicy;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.Outcome.On;
import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.prune.PruneResult;
import dev.tenantry.reconciler.prune.Pruner;
import dev.tenantry.reconciler.queue.Cause;

/** Let a deleted target go; what it applied goes first, if its deletion policy says so and it is not suspended. */
final class Finalization {

    private static final Logger LOGGER = LoggerFactory.getLogger(Finalization.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Ports ports;
    private final TenancyPolicy policy;
    private final InFlight inFlight;
    private final StatusComposer composer;
    private final Clock clock;

    /** @param inFlight bounds the deletes of one target under way at once */
    Finalization(Ports ports, TenancyPolicy policy, InFlight inFlight, Clock clock) {
        this.ports = ports;
        this.policy = policy;
        this.inFlight = inFlight;
        this.composer = new StatusComposer(clock);
        this.clock = clock;
    }

    Next run(Target target, TargetMemory memory) {
        ports.health().end(target.name());
        if (!target.metadata().finalized()) {
            return new Next.Never();
        }
        Inventory inventory = Inventory.of(target.status());
        boolean hasObjects = !inventory.isEmpty() || target.inventoryFlaw().isPresent();
        if (!target.spec().deletesObjects() || !hasObjects) {
            return release(target, memory);
        }
        List<String> unsupported = target.spec().unsupportedFields();
        return unsupported.isEmpty()
                ? prune(target, memory, inventory)
                : orphan(target, memory, inventory, unsupported);
    }

    /** What a field that is not understood would have changed may be where, as whom or whether objects are deleted. */
    private Next orphan(Target target, TargetMemory memory, Inventory inventory, List<String> unsupported) {
        ports.announcer()
                .ended(new Progress(clock).report(target,
                        new Outcome.Stalled(Reason.UNSUPPORTED_FIELD, "not supported yet: %s; so these stay: %s"
                                .formatted(String.join(", ", unsupported), names(inventory.entries().keySet()))),
                        null, null, inventory));
        return release(target, memory);
    }

    private Next prune(Target target, TargetMemory memory, Inventory inventory) {
        Account account = policy.accountOf(target);
        var progress = new Progress(clock);
        if (target.inventoryFlaw().isPresent()) {
            return stalled(target, memory, target.inventoryFlaw().get(), progress);
        }
        PruneResult pruned = new Pruner(target.name(), inFlight).prune(inventory.entries().keySet().stream(), inventory,
                Inventory.EMPTY, ports.cluster().remover(account));
        pruned.deleted().forEach(ref -> progress.did(ref + " deleted"));
        progress.counted(Counts.ofPruned(pruned.deleted().size()));
        ports.announcer().delivered(target, progress.counts());
        progress.ended(Stage.PRUNE);
        if (!pruned.isComplete()) {
            return pruned.lacksRightsOnly() && ports.cluster().isGone(account)
                    ? abandon(target, memory, account, pruned, progress)
                    : retry(target, memory, pruned, progress, inventory);
        }
        if (target.spec().effectiveDeletionPolicy() == DeletionPolicy.WAIT_FOR_TERMINATION
                && !pruned.going().isEmpty()) {
            return await(target, memory, inventory.only(pruned.going()), progress);
        }
        ports.announcer()
                .ended(progress.report(target, new Outcome.Ready(lastRevision(target)), lastRevision(target), null,
                        Inventory.EMPTY));
        return release(target, memory);
    }

    /** Look again until all are gone, or the timeout is over; the status names those that are left. */
    private Next await(Target target, TargetMemory memory, Inventory going, Progress progress) {
        Instant now = clock.instant();
        Instant since = memory.terminatingSince == null ? now : memory.terminatingSince;
        memory.terminatingSince = since;
        Instant deadline = since.plus(target.spec().effectiveTimeout());
        String message = "waiting for the termination of: " + names(going.entries().keySet());
        if (!now.isBefore(deadline)) {
            ports.announcer()
                    .ended(progress.report(target,
                            new Outcome.Failed(Reason.PRUNE_FAILED, "timeout " + message), null, null, going));
            return release(target, memory);
        }
        var report = progress.report(target,
                new Outcome.Waiting(On.TERMINATION, Reason.PROGRESSING, message, BETWEEN_LOOKS), null, null, going);
        KustomizationStatus status = composer.ended(report);
        if (!StatusComposer.saysTheSame(status, target.status())
                && ports.statuses().write(target, status) instanceof StatusWriter.Saved) {
            ports.announcer().ended(report);
        }
        return new Next.After(BETWEEN_LOOKS, Cause.DELETION);
    }

    private static String names(Set<ObjectRef> refs) {
        return refs.stream().map(ObjectRef::toString).collect(Collectors.joining(", "));
    }

    /** Nobody is left who could delete the rest: who deleted the account, or its namespace, wants them to go. */
    private Next abandon(Target target, TargetMemory memory, Account account, PruneResult pruned, Progress progress) {
        String left = names(pruned.survivors().keySet());
        // An Event is refused where the namespace is going, so the log says it too.
        LOGGER.warn("objects are left behind, since the account that could delete them is gone name={} objects={}",
                target.name(), left);
        ports.announcer()
                .ended(progress.report(target, new Outcome.Failed(Reason.PRUNE_FAILED,
                        "%s, or its namespace, is gone, so these could not be deleted and stay: %s".formatted(account,
                                left)),
                        null, null, Inventory.EMPTY));
        return release(target, memory);
    }

    private Next release(Target target, TargetMemory memory) {
        return switch (ports.statuses().release(target)) {
            case StatusWriter.Saved saved -> new Next.Never();
            case StatusWriter.Superseded superseded -> new Next.After(SOON, Cause.DELETION);
            case StatusWriter.Unsaved unsaved -> new Next.After(
                    memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
        };
    }

    private Next retry(Target target, TargetMemory memory, PruneResult pruned, Progress progress, Inventory inventory) {
        var report = progress.report(target,
                new Outcome.Failed(Reason.PRUNE_FAILED,
                        pruned.complaint()
                                + "\nto delete the Kustomization and keep these, set spec.deletionPolicy: Orphan"),
                null, null, inventory.only(pruned.survivors().keySet()));
        if (ports.statuses().write(target, composer.ended(report)) instanceof StatusWriter.Saved) {
            ports.announcer().ended(report);
        }
        return new Next.After(memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
    }

    /** Prune nothing by half of an inventory, and orphan nothing of the other half. */
    private Next stalled(Target target, TargetMemory memory, String flaw, Progress progress) {
        String message = flaw
                + "; to delete the Kustomization and keep what it applied, set spec.deletionPolicy: Orphan";
        var report = progress.report(target, new Outcome.Stalled(Reason.UNREADABLE, message), null, null,
                Inventory.of(target.status()));
        KustomizationStatus status = composer.ended(report);
        if (StatusComposer.saysTheSame(status, target.status())) {
            return new Next.WhenWoken();
        }
        if (ports.statuses().write(target, status) instanceof StatusWriter.Saved) {
            ports.announcer().ended(report);
            return new Next.WhenWoken();
        }
        return new Next.After(memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
    }

    private static String lastRevision(Target target) {
        return target.status().lastAppliedRevision() == null ? "" : target.status().lastAppliedRevision();
    }
}
