package dev.tenantry.secretsservice.http;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.StoredKey;

/**
 * A sealing key as the API shows it, without what opens anything.
 *
 * @param secret the name of its Secret
 * @param notAfter until when its certificate seals; it opens for ever
 * @param orderedAt what tells newer keys from older ones
 * @param old whether it has a successor
 * @param exported whether a copy outside of the cluster is known
 * @param namespaces the only namespaces that it serves; all when empty
 */
public record KeyView(String namespace, String secret, String fingerprint, Instant notBefore, Instant notAfter,
        Instant orderedAt, boolean old, boolean exported, List<String> namespaces) {

    static KeyView of(StoredKey stored, Keys keys) {
        var key = stored.key();
        return new KeyView(
                key.secret().namespace(),
                key.secret().name(),
                key.fingerprint().text(),
                key.pair().certificate().getNotBefore().toInstant(),
                key.pair().certificate().getNotAfter().toInstant(),
                key.orderedAt(),
                keys.ring().isOld(key.fingerprint()),
                stored.exported(),
                List.copyOf(new TreeSet<>(key.namespaces())));
    }
}
