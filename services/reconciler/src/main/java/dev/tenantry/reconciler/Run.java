package dev.tenantry.reconciler;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.queue.Cause;

/**
 * A run that goes on.
 *
 * @param target as last read or written
 * @param memory of earlier runs
 * @param causes why it runs
 * @param progress what it has done
 * @param inventory what is in the cluster by now; null as long as that is what the status says
 * @param isTransitory whether what failed may work soon, with nothing changed
 */
record Run(Target target, TargetMemory memory, Set<Cause> causes, Progress progress, @Nullable Inventory inventory,
        boolean isTransitory) {

    Run(Target target, TargetMemory memory, Set<Cause> causes, Progress progress) {
        this(target, memory, causes, progress, null, false);
    }

    Run with(Target newer) {
        return new Run(newer, memory, causes, progress, inventory, isTransitory);
    }

    Run having(Inventory newer) {
        return new Run(target, memory, causes, progress, newer, isTransitory);
    }

    Run transitory(boolean whether) {
        return new Run(target, memory, causes, progress, inventory, whether);
    }

    boolean isAtInterval() {
        return causes.contains(Cause.INTERVAL);
    }

    /** Tell whether everything is to be built and applied, whatever is remembered. */
    boolean wantsAll() {
        return causes.contains(Cause.REQUEST) || target.pendingRequest().isPresent();
    }
}
