package dev.tenantry.reconciler.health;

import java.util.Map;
import java.util.SortedMap;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * How a set of objects is.
 *
 * @param pending objects that are not healthy yet, with what they are at
 * @param failed objects that will not become healthy by themselves, with the reason
 * @param healthy the others, with their resourceVersion
 */
public record HealthReport(SortedMap<ObjectRef, String> pending, SortedMap<ObjectRef, String> failed,
        Map<ObjectRef, String> healthy) {

    public boolean isHealthy() {
        return pending.isEmpty() && failed.isEmpty();
    }
}
