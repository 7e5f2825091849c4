package dev.tenantry.secretsservice;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.KeyRing;

/** The keys in use, as a watch brings them. Thread-safe. */
public final class Keys {

    private final Map<NamespacedName, StoredKey> stored = new TreeMap<>();
    private volatile KeyRing ring = KeyRing.empty();
    private volatile boolean synced;

    /** Add a key, or what became of it; tells whether another key opens something now. */
    public synchronized boolean put(StoredKey key) {
        StoredKey before = stored.put(key.key().secret(), key);
        rebuild();
        return before == null || !before.key().equals(key.key());
    }

    public synchronized void remove(NamespacedName secret) {
        if (stored.remove(secret) != null) {
            rebuild();
        }
    }

    /** Take note that all keys there are have been told. */
    public void synced() {
        synced = true;
    }

    /** Tell whether all keys that there are are known. */
    public boolean areKnown() {
        return synced;
    }

    public KeyRing ring() {
        return ring;
    }

    /** List what is stored, the newest first. */
    public synchronized List<StoredKey> stored() {
        return stored.values()
                .stream()
                .sorted(Comparator.comparing((StoredKey each) -> each.key().orderedAt()).reversed())
                .toList();
    }

    /** List the keys that would be lost with the cluster. */
    public List<StoredKey> unexported() {
        return stored().stream().filter(key -> !key.exported()).toList();
    }

    private void rebuild() {
        Collection<StoredKey> all = stored.values();
        ring = KeyRing.of(all.stream().map(StoredKey::key).toList());
    }
}
