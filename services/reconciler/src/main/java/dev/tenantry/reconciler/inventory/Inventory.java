package dev.tenantry.reconciler.inventory;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * The objects that a target has put into the cluster, each with the version of its kind that was applied.
 *
 * @param entries version by object, in a fixed order
 */
public record Inventory(SortedMap<ObjectRef, String> entries) {

    public static final Inventory EMPTY = new Inventory(new TreeMap<>());

    public Inventory {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Inventory of(Map<ObjectRef, String> entries) {
        return new Inventory(new TreeMap<>(entries));
    }

    public boolean contains(ObjectRef ref) {
        return entries.containsKey(ref);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Add another inventory's entries; where both have an object, the other's version counts. */
    public Inventory union(Inventory other) {
        var all = new TreeMap<>(entries);
        all.putAll(other.entries);
        return new Inventory(all);
    }

    /** Give the objects that another inventory does not have. */
    public Stream<ObjectRef> without(Inventory other) {
        return entries.keySet().stream().filter(ref -> !other.contains(ref));
    }
}
