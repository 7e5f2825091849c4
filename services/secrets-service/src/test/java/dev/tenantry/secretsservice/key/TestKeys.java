package dev.tenantry.secretsservice.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;

/** Keys for tests, small enough to be made for each class. */
public final class TestKeys {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BITS = 2048;
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private TestKeys() {}

    /** Make a pair whose certificate is valid from so many days after the start. */
    public static KeyPair pair(int day) {
        return new KeyGenerator(BITS, VALIDITY, "").generate(
                Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC));
    }

    /** Make a key that is from so many days after the start. */
    public static SealingKey key(int day, String... namespaces) {
        return limited(pair(day), namespaces);
    }

    /** Limit a pair to namespaces; none for all. */
    public static SealingKey limited(KeyPair pair, String... namespaces) {
        SealingKey key = SealingKey.of(new NamespacedName("tenantry-system", "key"), pair);
        return new SealingKey(key.secret(), key.fingerprint(), key.pair(), key.orderedAt(), Set.of(namespaces));
    }
}
