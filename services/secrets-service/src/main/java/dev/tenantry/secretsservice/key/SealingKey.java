package dev.tenantry.secretsservice.key;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * A key pair of the cluster.
 *
 * @param secret the Secret, or the file, that holds it
 * @param fingerprint its name
 * @param pair the certificate and its private key
 * @param orderedAt what tells newer keys from older ones
 * @param namespaces the only namespaces in which it opens and seals; all when empty
 */
public record SealingKey(NamespacedName secret, Fingerprint fingerprint, KeyPair pair, Instant orderedAt,
        Set<String> namespaces) {

    public SealingKey {
        namespaces = Set.copyOf(namespaces);
    }

    /** Hold a key that serves all namespaces, ordered by the start of its certificate's validity. */
    public static SealingKey of(NamespacedName secret, KeyPair pair) {
        return new SealingKey(secret, pair.fingerprint(), pair, pair.certificate().getNotBefore().toInstant(),
                Set.of());
    }

    /** Limit the key to namespaces, or to none when empty. */
    public SealingKey onlyFor(Set<String> served) {
        return new SealingKey(secret, fingerprint, pair, orderedAt, served);
    }

    /** Order the key by another time. */
    public SealingKey withOrder(Instant time) {
        return new SealingKey(secret, fingerprint, pair, time, namespaces);
    }

    /** Tell whether the key serves a namespace. */
    public boolean serves(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    public boolean isLimited() {
        return !namespaces.isEmpty();
    }

    public RSAPublicKey publicKey() {
        return pair.publicKey();
    }

    /** Print what is public, for logs. */
    @Override
    public String toString() {
        return "SealingKey[" + secret + " " + fingerprint
                + (namespaces.isEmpty() ? "" : " for " + new TreeSet<>(namespaces)) + "]";
    }
}
