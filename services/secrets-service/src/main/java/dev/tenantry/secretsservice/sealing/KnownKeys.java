package dev.tenantry.secretsservice.sealing;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Fingerprint;

/** What a file says of the key that it was sealed with, against the certificates that are known. */
final class KnownKeys {

    private static final String WHERE = "metadata.annotations." + Sealer.SEALED_WITH;
    private static final int FEWEST_BITS = 1024;
    private static final int MOST_BITS = 16384;

    private final List<RSAPublicKey> keys;

    KnownKeys(Collection<X509Certificate> certificates) {
        keys = certificates.stream().map(certificate -> (RSAPublicKey) certificate.getPublicKey()).toList();
    }

    void check(Manifest object, Map<String, SealedValue> values, List<Finding> findings) {
        values.forEach((where, value) -> {
            if (keys.isEmpty() ? !isPlausible(value) : fitting(value) == 0) {
                findings.add(Finding.error(where, "says that it was sealed with a key of " + value.keyBits() + " bits, "
                        + (keys.isEmpty() ? "which no key has" : "which none of the given certificates has")
                        + ": it is damaged or was sealed for another cluster, seal the value again"));
            }
        });
        String said = object.annotations().get(Sealer.SEALED_WITH);
        if (said != null) {
            for (String each : said.split(",")) {
                named(each, findings);
            }
        } else if (!keys.isEmpty() && !values.isEmpty()) {
            long fitting = keys.stream()
                    .filter(key -> values.values().stream().allMatch(value -> bits(key) == value.keyBits()))
                    .count();
            findings.add(Finding.note("metadata.annotations", "the file does not say which key it was sealed with; its"
                    + " size fits " + fitting + " of " + keys.size() + " certificates"));
        }
    }

    private void named(String said, List<Finding> findings) {
        if (!Fingerprint.isWellFormed(said)) {
            findings.add(Finding.warning(WHERE, "is no fingerprint of the form SHA256:…: remove it, or seal again"));
        } else if (keys.stream().map(Fingerprint::of).anyMatch(key -> key.text().equals(said))) {
            findings.add(Finding.note(WHERE, "sealed with known key " + said));
        } else if (!keys.isEmpty()) {
            findings.add(Finding.error(WHERE, "sealed with a key that is not among the given certificates, " + said
                    + ": give its certificate too if the cluster still has it, else seal again"));
        } else {
            findings.add(Finding.note(WHERE, "sealed with key " + said));
        }
    }

    private long fitting(SealedValue value) {
        return keys.stream().filter(key -> bits(key) == value.keyBits()).count();
    }

    private static boolean isPlausible(SealedValue value) {
        return value.keyBits() >= FEWEST_BITS && value.keyBits() <= MOST_BITS;
    }

    /** Round up to bytes, as the encrypted part is. */
    private static int bits(RSAPublicKey key) {
        return (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
    }
}
