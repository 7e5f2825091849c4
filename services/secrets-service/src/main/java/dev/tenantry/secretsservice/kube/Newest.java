package dev.tenantry.secretsservice.kube;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/** Keeps the newest state of each object, whether a watch or the answer to a write brought it. Thread-safe. */
final class Newest<T> {

    private final Map<NamespacedName, T> objects = new ConcurrentHashMap<>();
    private final Function<T, NamespacedName> name;
    private final Function<T, String> resourceVersion;

    Newest(Function<T, NamespacedName> name, Function<T, String> resourceVersion) {
        this.name = name;
        this.resourceVersion = resourceVersion;
    }

    /** Put a state, unless a later one is there; gives the one before, null when there was none. */
    synchronized @Nullable T put(T object) {
        T before = objects.get(name.apply(object));
        if (before == null || number(object).compareTo(number(before)) > 0) {
            objects.put(name.apply(object), object);
        }
        return before;
    }

    /** Put a state of an object that is still known, unless a later one is there. */
    synchronized void update(T object) {
        if (objects.containsKey(name.apply(object))) {
            put(object);
        }
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

    /** Versions of one kind are numbers that grow (Kubernetes, KEP-5504). */
    private BigInteger number(T object) {
        return new BigInteger(resourceVersion.apply(object));
    }
}
