package dev.tenantry.reconciler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.Dependency;

/**
 * All Kustomizations of the cluster, each in the newest version that a watch or one of our own writes has told.
 * <p>
 * A watch lags behind our writes, so an older version never replaces a newer one. Thread-safe.
 */
public final class Targets {

    private final Map<NamespacedName, Target> byName = new ConcurrentHashMap<>();
    private final Map<NamespacedName, Set<NamespacedName>> bySource = new ConcurrentHashMap<>();
    private final Map<NamespacedName, Set<NamespacedName>> byDependency = new ConcurrentHashMap<>();

    /** What {@link #put} replaced; {@code accepted} is false where a newer version was known already. */
    public record Update(@Nullable Target before, boolean accepted) {}

    public Optional<Target> find(NamespacedName name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Target> all() {
        return List.copyOf(byName.values());
    }

    /** Give the targets whose source this is. */
    public List<Target> ofSource(NamespacedName source) {
        return resolve(bySource.get(source));
    }

    /** Give the targets that depend on this one. */
    public List<Target> dependents(NamespacedName name) {
        return resolve(byDependency.get(name));
    }

    public synchronized Update put(Target target) {
        Target before = byName.get(target.name());
        if (!target.isNewerThan(before)) {
            return new Update(before, false);
        }
        if (before != null) {
            unlink(before);
        }
        byName.put(target.name(), target);
        link(target);
        return new Update(before, true);
    }

    public synchronized void remove(NamespacedName name) {
        Target before = byName.remove(name);
        if (before != null) {
            unlink(before);
        }
    }

    private void link(Target target) {
        add(bySource, target.source(), target.name());
        for (Dependency dependency : target.spec().dependsOn()) {
            add(byDependency, dependency.from(target.name().namespace()), target.name());
        }
    }

    private void unlink(Target target) {
        drop(bySource, target.source(), target.name());
        for (Dependency dependency : target.spec().dependsOn()) {
            drop(byDependency, dependency.from(target.name().namespace()), target.name());
        }
    }

    private static void add(Map<NamespacedName, Set<NamespacedName>> index, NamespacedName key, NamespacedName name) {
        index.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(name);
    }

    private static void drop(Map<NamespacedName, Set<NamespacedName>> index, NamespacedName key, NamespacedName name) {
        index.computeIfPresent(key, (any, names) -> {
            names.remove(name);
            return names.isEmpty() ? null : names;
        });
    }

    private List<Target> resolve(@Nullable Set<NamespacedName> names) {
        if (names == null) {
            return List.of();
        }
        var found = new ArrayList<Target>(names.size());
        for (NamespacedName name : new HashSet<>(names)) {
            find(name).ifPresent(found::add);
        }
        return found;
    }
}
