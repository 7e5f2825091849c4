package dev.tenantry.kubernetes.watch;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Keep the newest state of each object of a kind, whether a watch or the answer to a write brought it. Thread-safe.
 *
 * <p>Without that, what follows a write at once would begin from the state before it, and its own write would conflict.
 *
 * @param <T> what is kept of an object
 */
public final class Newest<T> {

    private final Map<NamespacedName, T> objects = new ConcurrentHashMap<>();
    private final Function<T, NamespacedName> name;
    private final BiPredicate<T, T> isAfter;

    /**
     * Keep nothing yet.
     *
     * @param isAfter tells whether the first of two states of one name is the later one
     */
    public Newest(Function<T, NamespacedName> name, BiPredicate<T, T> isAfter) {
        this.name = name;
        this.isAfter = isAfter;
    }

    /** Keep nothing yet, and tell later states by their versions: those of one kind are numbers that grow (KEP-5504). */
    public static <T> Newest<T> byResourceVersion(Function<T, NamespacedName> name,
            Function<T, String> resourceVersion) {
        return new Newest<>(name, (one, other) -> new BigInteger(resourceVersion.apply(one))
                .compareTo(new BigInteger(resourceVersion.apply(other))) > 0);
    }

    /** Put a state, unless a later one is there; gives the one before, null when there was none. */
    public synchronized @Nullable T put(T object) {
        T before = objects.get(name.apply(object));
        if (before == null || isAfter.test(object, before)) {
            objects.put(name.apply(object), object);
        }
        return before;
    }

    /** Put a state of an object that is still known, unless a later one is there. */
    public synchronized void update(T object) {
        if (objects.containsKey(name.apply(object))) {
            put(object);
        }
    }

    /** Forget an object that is gone. */
    public synchronized void remove(NamespacedName object) {
        objects.remove(object);
    }

    /** Find what is kept of an object. */
    public Optional<T> find(NamespacedName object) {
        return Optional.ofNullable(objects.get(object));
    }

    /** List what is kept of all, as it changes. */
    public Collection<T> all() {
        return objects.values();
    }
}
