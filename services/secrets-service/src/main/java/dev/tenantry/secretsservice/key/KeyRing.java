package dev.tenantry.secretsservice.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All keys that there are, the newest first. Never changed after its creation.
 *
 * <p>A key that is limited to namespaces seals there in place of the cluster's, and opens nowhere else; the cluster's open
 * everywhere.
 */
public final class KeyRing {

    private static final Comparator<SealingKey> NEWEST_FIRST = Comparator.comparing(SealingKey::orderedAt)
            .reversed()
            .thenComparing(SealingKey::fingerprint);

    private final List<SealingKey> keys;

    private KeyRing(List<SealingKey> keys) {
        this.keys = keys;
    }

    /** Hold keys; of two that are the same pair, the one that serves more. */
    public static KeyRing of(Collection<SealingKey> keys) {
        List<SealingKey> sorted = new ArrayList<>(keys);
        sorted.sort(Comparator.comparing(SealingKey::isLimited).thenComparing(NEWEST_FIRST));
        List<SealingKey> different = new ArrayList<>();
        for (SealingKey key : sorted) {
            boolean known = different.stream()
                    .anyMatch(other -> other.fingerprint().equals(key.fingerprint())
                            && (!other.isLimited() || other.namespaces().equals(key.namespaces())));
            if (!known) {
                different.add(key);
            }
        }
        different.sort(NEWEST_FIRST);
        return new KeyRing(List.copyOf(different));
    }

    public static KeyRing empty() {
        return new KeyRing(List.of());
    }

    /** List all keys, the newest first. */
    public List<SealingKey> all() {
        return keys;
    }

    /** List the keys that may open something in a namespace, the newest first. */
    public List<SealingKey> opening(String namespace) {
        return keys.stream().filter(key -> key.serves(namespace)).toList();
    }

    /**
     * Find the key to seal with for a namespace: the newest that is limited to it, else the cluster's newest.
     *
     * @param namespace empty for whatever the cluster's key serves
     */
    public Optional<SealingKey> sealing(String namespace) {
        return keys.stream()
                .filter(key -> key.isLimited() && key.serves(namespace))
                .findFirst()
                .or(() -> keys.stream().filter(key -> !key.isLimited()).findFirst());
    }

    /** Find the newest key that serves the same namespaces as one, which may be that one. */
    public Optional<SealingKey> newestLike(SealingKey key) {
        return keys.stream().filter(other -> other.namespaces().equals(key.namespaces())).findFirst();
    }

    /** Tell whether a key that serves the same namespaces has come after one, or it is gone. */
    public boolean isOld(Fingerprint fingerprint) {
        for (SealingKey key : keys) {
            if (key.fingerprint().equals(fingerprint)) {
                return newestLike(key)
                        .filter(newest -> newest.fingerprint().equals(fingerprint))
                        .isEmpty();
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    @Override
    public String toString() {
        return "KeyRing" + keys;
    }
}
