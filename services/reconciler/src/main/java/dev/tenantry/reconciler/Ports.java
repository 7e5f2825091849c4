package dev.tenantry.reconciler;

import java.util.Optional;
import java.util.function.Function;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.health.HealthWatch;
import dev.tenantry.reconciler.source.Sources;
import dev.tenantry.reconciler.source.VariableReader;

/**
 * What a run needs of the world around it.
 *
 * @param targets finds a Kustomization as it is known here
 * @param sources what sources offer
 * @param variables what ConfigMaps and Secrets hold
 * @param cluster where objects are applied
 * @param health how they are
 * @param statuses where the result is written
 * @param announcer who else is told
 */
public record Ports(Function<NamespacedName, Optional<Target>> targets, Sources sources, VariableReader variables,
        Cluster cluster, HealthWatch health, StatusWriter statuses, Announcer announcer) {

    /** Tell whether a Kustomization exists and has not been asked to go. */
    boolean isAlive(NamespacedName kustomization) {
        return targets.apply(kustomization).filter(target -> !target.metadata().deleting()).isPresent();
    }
}
