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

    private final Map<NamespacedName, Manifest> objects = new HashMap<>();
    private final Map<NamespacedName, Long> sizes = new HashMap<>();
    private long size;

    synchronized void put(Manifest object) {
        NamespacedName name = object.ref().namespacedName();
        take(name);
        long annotations = object.annotations().values().stream().mapToLong(String::length).sum();
        long characters = SealedContent.of(object).size() + annotations;
        if (size + characters <= MOST) {
            objects.put(name, object);
            sizes.put(name, characters);
            size += characters;
        }
    }

    synchronized Optional<Manifest> take(NamespacedName name) {
        Long characters = sizes.remove(name);
        if (characters != null) {
            size -= characters;
        }
        return Optional.ofNullable(objects.remove(name));
    }
}
