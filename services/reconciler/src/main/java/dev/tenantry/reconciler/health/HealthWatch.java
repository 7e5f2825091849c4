package dev.tenantry.reconciler.health;

import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.apply.Account;

/**
 * Follow the health of objects while somebody waits for it.
 * <p>
 * Nothing is watched unless it is waited for, and no thread waits: a change wakes the target up.
 */
public interface HealthWatch {

    /**
     * Tell what is known of the objects now, and wake the target up at each later change until {@link #end}.
     *
     * @param account who reads them
     */
    HealthReport check(NamespacedName target, Account account, Set<Check> checks);

    /** Follow nothing for the target any more. */
    void end(NamespacedName target);
}
