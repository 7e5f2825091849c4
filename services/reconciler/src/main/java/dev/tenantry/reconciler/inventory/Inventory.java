package dev.tenantry.reconciler.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;

/**
 * The objects that a target has put into the cluster, each with the version of its kind that was applied.
 * <p>
 * By half of an inventory nothing may be pruned: whoever acts on one looks first whether there is something unreadable.
 *
 * @param entries version by object, in a fixed order
 * @param unreadable entries of a status whose id names no object; they are kept, whatever becomes of the others
 */
public record Inventory(SortedMap<ObjectRef, String> entries, List<InventoryEntry> unreadable) {

    public static final Inventory EMPTY = new Inventory(new TreeMap<>());

    public Inventory {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        unreadable = List.copyOf(unreadable);
    }

    private Inventory(SortedMap<ObjectRef, String> entries) {
        this(entries, List.of());
    }

    public static Inventory of(Map<ObjectRef, String> entries) {
        return new Inventory(new TreeMap<>(entries));
    }

    /** Read what a status holds. */
    public static Inventory of(KustomizationStatus status) {
        return status.inventory() == null ? EMPTY : ofEntries(status.inventory().entries());
    }

    /** Read entries. */
    public static Inventory ofEntries(List<InventoryEntry> written) {
        var entries = new TreeMap<ObjectRef, String>();
        var unreadable = new ArrayList<InventoryEntry>();
        for (InventoryEntry entry : written) {
            try {
                entries.put(entry.object(), entry.v());
            } catch (IllegalArgumentException e) {
                unreadable.add(entry);
            }
        }
        return new Inventory(entries, unreadable);
    }

    /** Write the entries as a status has them. */
    public dev.tenantry.kubernetes.kustomize.Inventory written() {
        var readable = entries.entrySet().stream().map(entry -> InventoryEntry.of(entry.getKey(), entry.getValue()));
        return new dev.tenantry.kubernetes.kustomize.Inventory(Stream.concat(readable, unreadable.stream()).toList());
    }

    /** List objects as they are about to be applied. */
    public static Inventory ofObjects(Collection<Manifest> objects) {
        var entries = new TreeMap<ObjectRef, String>();
        objects.forEach(object -> entries.put(object.ref(), object.version()));
        return new Inventory(entries);
    }

    public boolean contains(ObjectRef ref) {
        return entries.containsKey(ref);
    }

    public boolean isEmpty() {
        return entries.isEmpty() && unreadable.isEmpty();
    }

    /** Tell whether every entry names an object. */
    public boolean isReadable() {
        return unreadable.isEmpty();
    }

    /** Add another inventory's entries; where both have an object, the other's version counts. */
    public Inventory union(Inventory other) {
        var all = new TreeMap<>(entries);
        all.putAll(other.entries);
        return new Inventory(all, Stream.concat(unreadable.stream(), other.unreadable.stream()).distinct().toList());
    }

    /** Keep the entries of some objects. */
    public Inventory only(Set<ObjectRef> refs) {
        var fewer = new TreeMap<>(entries);
        fewer.keySet().retainAll(refs);
        return new Inventory(fewer, unreadable);
    }

    /** Leave the entries of some objects out. */
    public Inventory except(Set<ObjectRef> refs) {
        var fewer = new TreeMap<>(entries);
        fewer.keySet().removeAll(refs);
        return new Inventory(fewer);
    }

    /** Give the objects that another inventory does not have. */
    public Stream<ObjectRef> without(Inventory other) {
        return entries.keySet().stream().filter(ref -> !other.contains(ref));
    }
}
