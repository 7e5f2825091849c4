package dev.tenantry.secretsservice;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.sealing.SealedContent;

/**
 * What a watch has just brought, so that it need not be read again; what would be too much to keep is read when its turn
 * comes. Thread-safe.
 */
final class Fresh {

    private static final long MOST = 16L * 1024 * 1024;

    private final Map<NamespacedName, Kept> objects = new HashMap<>();
    private long size;

    /** @param size about how many characters it has */
    private record Kept(Manifest object, long size) {}

    synchronized void put(Manifest object) {
        NamespacedName name = object.ref().namespacedName();
        take(name);
        long annotations = object.annotations().values().stream().mapToLong(String::length).sum();
        Kept kept = new Kept(object, SealedContent.of(object).size() + annotations);
        if (size + kept.size() <= MOST) {
            objects.put(name, kept);
            size += kept.size();
        }
    }

    synchronized Optional<Manifest> take(NamespacedName name) {
        Kept kept = objects.remove(name);
        if (kept == null) {
            return Optional.empty();
        }
        size -= kept.size();
        return Optional.of(kept.object());
    }
}
