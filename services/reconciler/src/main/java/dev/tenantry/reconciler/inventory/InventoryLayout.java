package dev.tenantry.reconciler.inventory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.kustomize.Inventory;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.kubernetes.kustomize.InventoryPart;

/**
 * Divide the entries of an inventory between a status and further objects: parts, which the status names as if they were
 * entries too.
 * <p>
 * A part's name stands for its content, so that a part never changes, and what a status says is true from the moment in
 * which it is written. Which part an entry is in depends on its id, so that one that comes or goes changes one part.
 */
public final class InventoryLayout {

    /** What the API server takes in one object is 1.5 MiB, all else in it included. */
    private static final int BYTES_OF_PART = 64 << 10;
    /** What an entry is besides its two values: <code>{"id":"","v":""},</code>. */
    private static final int FRAME = 17;
    private static final int SPREAD = 0x9E3779B9;
    private static final int DIGEST_BYTES = 16;
    /** What an id of a part ends with. */
    private static final String SUFFIX = "_" + InventoryPart.GROUP + "_" + InventoryPart.KIND;

    private final int bytesInStatus;

    /** @param bytesInStatus how much of an inventory stays in the status, as JSON */
    public InventoryLayout(int bytesInStatus) {
        this.bytesInStatus = bytesInStatus;
    }

    /**
     * Where the entries are.
     *
     * @param inStatus those that the status holds, and the names of the parts
     * @param parts the others, by the name of their part
     */
    public record Division(List<InventoryEntry> inStatus, SortedMap<String, List<InventoryEntry>> parts) {}

    /**
     * Divide; a pure function.
     *
     * @param uid the Kustomization's, which makes its parts' names its own
     * @param entries in a fixed order; the first ones stay in the status
     */
    public Division divide(NamespacedName target, String uid, List<InventoryEntry> entries) {
        int inStatus = 0;
        int bytes = 0;
        while (inStatus < entries.size() && bytes + bytes(entries.get(inStatus)) <= bytesInStatus) {
            bytes += bytes(entries.get(inStatus++));
        }
        var parts = parts(uid, entries.subList(inStatus, entries.size()));
        var all = new ArrayList<>(entries.subList(0, inStatus));
        parts.keySet().forEach(part -> all.add(InventoryEntry.of(ref(target, part), InventoryPart.VERSION)));
        return new Division(all, parts);
    }

    private static SortedMap<String, List<InventoryEntry>> parts(String uid, List<InventoryEntry> entries) {
        var parts = new TreeMap<String, List<InventoryEntry>>();
        // A power of two, so that the number seldom changes, with which nearly all parts do.
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bytes(entries) / BYTES_OF_PART);
        var buckets = new TreeMap<Integer, List<InventoryEntry>>();
        for (InventoryEntry entry : entries) {
            int bucket = bits == 0 ? 0 : entry.id().hashCode() * SPREAD >>> Integer.SIZE - bits;
            buckets.computeIfAbsent(bucket, any -> new ArrayList<>()).add(entry);
        }
        buckets.values().forEach(bucket -> parts.put(nameOf(uid, bucket), bucket));
        return parts;
    }

    /** Give the name of a part that holds these entries. */
    public static String nameOf(String uid, List<InventoryEntry> entries) {
        MessageDigest digest = sha256();
        digest.update(uid.getBytes(StandardCharsets.UTF_8));
        // Neither an id nor a version can hold a line feed, in whatever an API server has checked.
        entries.forEach(entry -> digest
                .update(("\n" + entry.id() + "\n" + entry.v()).getBytes(StandardCharsets.UTF_8)));
        return "inventory-" + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }

    /** Give the names of the parts that a status names. */
    public static List<String> partsIn(NamespacedName target, Inventory inventory) {
        return inventory == null
                ? List.of()
                : inventory.entries()
                        .stream()
                        .map(InventoryEntry::id)
                        // Entries are many, and hardly any names a part.
                        .filter(id -> id.endsWith(SUFFIX))
                        .map(ObjectRef::parse)
                        .filter(ref -> ref.equals(ref(target, ref.name())))
                        .map(ObjectRef::name)
                        .toList();
    }

    private static ObjectRef ref(NamespacedName target, String part) {
        return new ObjectRef(InventoryPart.GROUP, InventoryPart.KIND, target.namespace(), part);
    }

    private static int bytes(List<InventoryEntry> entries) {
        return entries.stream().mapToInt(InventoryLayout::bytes).sum();
    }

    private static int bytes(InventoryEntry entry) {
        return entry.id().length() + entry.v().length() + FRAME;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
