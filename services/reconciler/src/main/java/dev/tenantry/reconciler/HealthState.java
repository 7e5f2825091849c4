package dev.tenantry.reconciler;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.health.Check;

/** How far the health of what a target applied is known. */
sealed interface HealthState {

    /** Nobody has looked since the target was applied, or the last look ended badly. */
    record Unknown() implements HealthState {}

    /**
     * It is waited for.
     *
     * @param account who reads the objects
     * @param passed the objects that need not be looked at, with the resourceVersion in which they were healthy
     */
    record Awaited(Account account, Set<Check> checks, Map<ObjectRef, String> passed, Instant since, Instant deadline)
            implements
                HealthState {}

    /** All were healthy, each in the resourceVersion beside it. */
    record Passed(Map<ObjectRef, String> versions) implements HealthState {}
}
