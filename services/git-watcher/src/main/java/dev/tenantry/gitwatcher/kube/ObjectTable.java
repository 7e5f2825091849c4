package dev.tenantry.gitwatcher.kube;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.repository.ObjectVersion;
import dev.tenantry.kubernetes.NamespacedName;

/**
 * Keep the newest state of each object, whether a watch or the answer to a write brought it.
 *
 * <p>Without that, a look right after a write would begin from the state before it, and its own write would conflict.
 */
final class ObjectTable<T> {

    private final Map<NamespacedName, T> objects = new ConcurrentHashMap<>();
    private final Function<T, NamespacedName> name;
    private final Function<T, ObjectVersion> version;

    ObjectTable(Function<T, NamespacedName> name, Function<T, ObjectVersion> version) {
        this.name = name;
        this.version = version;
    }

    /** Put a state, unless a later one is there; gives the one before, null when there was none. */
    synchronized @Nullable T put(T object) {
        T before = objects.get(name.apply(object));
        if (before == null || version.apply(object).isAfter(version.apply(before))) {
            objects.put(name.apply(object), object);
        }
        return before;
    }

    synchronized void remove(NamespacedName object) {
        objects.remove(object);
    }

    Optional<T> find(NamespacedName object) {
        return Optional.ofNullable(objects.get(object));
    }

    Collection<T> all() {
        return objects.values();
    }
}
