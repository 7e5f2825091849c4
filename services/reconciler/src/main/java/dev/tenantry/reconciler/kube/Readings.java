package dev.tenantry.reconciler.kube;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.health.Health;

/**
 * What one watch has told of the health of its objects, and who waits for which of them.
 * <p>
 * What it is told answers with those who are to look again. A watch may be behind our own writes, so a reader says from
 * which version on a reading counts.
 */
final class Readings {

    private final Map<String, Reading> known = new HashMap<>();
    private final Map<String, Set<NamespacedName>> waiters = new HashMap<>();
    private boolean synced;
    private String trouble = "";

    /** How an object was in one of its versions; the version is empty where there is no object. */
    record Reading(Health health, String resourceVersion) {

        private static Reading of(Health health) {
            return new Reading(health, "");
        }

        private boolean isOlderThan(String other) {
            return !other.isEmpty() && Long.parseLong(resourceVersion) < Long.parseLong(other);
        }
    }

    synchronized void join(NamespacedName target, String name) {
        waiters.computeIfAbsent(name, any -> new HashSet<>()).add(target);
    }

    /** Tell whether nobody is left. */
    synchronized boolean leave(NamespacedName target) {
        waiters.values().removeIf(targets -> targets.remove(target) && targets.isEmpty());
        return waiters.isEmpty();
    }

    synchronized boolean isIdle() {
        return waiters.isEmpty();
    }

    /**
     * Tell how an object is.
     *
     * @param since the version before which it tells nothing, since we have written it; empty for none
     */
    synchronized Reading of(String name, String since) {
        Reading reading = known.get(name);
        if (reading != null && !reading.isOlderThan(since)) {
            return reading;
        }
        return synced && since.isEmpty()
                ? Reading.of(new Health.NotFound())
                : Reading.of(new Health.InProgress(trouble.isEmpty() ? "not read yet" : trouble));
    }

    synchronized Set<NamespacedName> seen(String name, Reading reading) {
        Reading before = known.put(name, reading);
        return isInProgress(before) && isInProgress(reading) ? Set.of() : waiting(name);
    }

    synchronized Set<NamespacedName> gone(String name) {
        known.remove(name);
        return waiting(name);
    }

    /** All objects that there are have been told. */
    synchronized Set<NamespacedName> synced() {
        synced = true;
        trouble = "";
        return everybody();
    }

    /** The watch was cut, and begins again. */
    synchronized Set<NamespacedName> interrupted(String why) {
        trouble = why;
        return everybody();
    }

    private Set<NamespacedName> waiting(String name) {
        return Set.copyOf(waiters.getOrDefault(name, Set.of()));
    }

    private Set<NamespacedName> everybody() {
        Set<NamespacedName> all = new HashSet<>();
        waiters.values().forEach(all::addAll);
        return all;
    }

    private static boolean isInProgress(@Nullable Reading reading) {
        return reading != null && reading.health() instanceof Health.InProgress;
    }
}
