package dev.tenantry.reconciler;

import java.time.Clock;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.prune.PruneResult;
import dev.tenantry.reconciler.prune.Pruner;
import dev.tenantry.reconciler.queue.Cause;

/** Let a deleted target go: what it applied goes first, if it prunes and is not suspended. */
final class Finalization {

    private final Ports ports;
    private final TenancyPolicy policy;
    private final StatusComposer composer;
    private final Clock clock;

    Finalization(Ports ports, TenancyPolicy policy, Clock clock) {
        this.ports = ports;
        this.policy = policy;
        this.composer = new StatusComposer(clock);
        this.clock = clock;
    }

    Next run(Target target, TargetMemory memory) {
        ports.health().end(target.name());
        if (!target.metadata().finalized()) {
            return new Next.Never();
        }
        Inventory inventory = Inventory.of(target.status());
        if (target.spec().prune() && !target.spec().suspend() && !inventory.isEmpty()) {
            var progress = new Progress(clock);
            if (target.inventoryFlaw().isPresent()) {
                return stalled(target, memory, target.inventoryFlaw().get(), progress);
            }
            PruneResult pruned = new Pruner(target.name()).prune(inventory.entries().keySet().stream(), inventory,
                    Inventory.EMPTY, ports.cluster().remover(policy.accountOf(target)));
            pruned.deleted().forEach(ref -> progress.did(ref + " deleted"));
            progress.counted(new Counts(0, 0, 0, pruned.deleted().size()));
            progress.ended(Stage.PRUNE);
            if (!pruned.isComplete()) {
                return retry(target, memory, pruned, progress, inventory);
            }
            ports.announcer()
                    .ended(progress.report(target, new Outcome.Ready(lastRevision(target)), lastRevision(target),
                            null, Inventory.EMPTY));
        }
        return switch (ports.statuses().release(target)) {
            case StatusWriter.Saved saved -> new Next.Never();
            case StatusWriter.Superseded superseded -> new Next.After(java.time.Duration.ofSeconds(1), Cause.DELETION);
            case StatusWriter.Unsaved unsaved -> new Next.After(
                    memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
        };
    }

    private Next retry(Target target, TargetMemory memory, PruneResult pruned, Progress progress, Inventory inventory) {
        String message = pruned.survivors()
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
        var report = progress.report(target,
                new Outcome.Failed(Reason.PRUNE_FAILED,
                        message + "\nto delete the Kustomization and keep these, set spec.prune: false"),
                null, null, inventory.only(pruned.survivors().keySet()));
        if (ports.statuses().write(target, composer.ended(report)) instanceof StatusWriter.Saved) {
            ports.announcer().ended(report);
        }
        return new Next.After(memory.nextBackoff(target.spec().effectiveRetryInterval()), Cause.DELETION);
    }

    /** Prune nothing by half of an inventory, and orphan nothing of the other half. */
    private Next stalled(Target target, TargetMemory memory, String flaw, Progress progress) {
        String message = flaw + "; to delete the Kustomization and keep what it applied, set spec.prune: false";
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
