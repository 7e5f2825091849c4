package dev.tenantry.secretsservice.rotation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyPair;

/** Looks after the keys: makes successors when they are due, and reminds of those that nobody has exported. */
public final class KeyCustodian {

    private static final Logger LOG = Logger.getLogger(KeyCustodian.class);

    private final Keys keys;
    private final Rotation rotation;
    private final Duration remindEvery;
    private final KeyStore store;
    private final Clock clock;
    private final Map<Fingerprint, Instant> reminded = new HashMap<>();

    /** Where new keys are kept, and what tells of keys. */
    public interface KeyStore {

        /** Make a key, which takes seconds of a processor. */
        KeyPair generate();

        /** Keep a key for namespaces, or for all when empty; throws an ApiException when it is not taken. */
        StoredKey keep(KeyPair pair, Set<String> namespaces);

        /** Say, where operators look, that a key is nowhere but in the cluster. */
        void remind(StoredKey key);
    }

    public KeyCustodian(Keys keys, Rotation rotation, Duration remindEvery, KeyStore store, Clock clock) {
        this.keys = keys;
        this.rotation = rotation;
        this.remindEvery = remindEvery;
        this.store = store;
        this.clock = clock;
    }

    /** Do what is due, if all keys are known and this replica is the one who does it. */
    public synchronized void look(BooleanSupplier isOurs) {
        if (!keys.areKnown() || !isOurs.getAsBoolean()) {
            return;
        }
        for (Set<String> namespaces : rotation.due(keys.ring(), clock.instant())) {
            KeyPair pair = store.generate();
            // Meanwhile the keys may have come to another replica, or one to this.
            if (!isOurs.getAsBoolean() || !rotation.due(keys.ring(), clock.instant()).contains(namespaces)) {
                continue;
            }
            try {
                // At once, not when a watch tells it: else the next look would make another one.
                keys.put(store.keep(pair, namespaces));
            } catch (ApiException e) {
                // Not the message: admission may quote what was to be stored, a private key.
                LOG.errorf("A new sealing key could not be stored, and is tried again code=%d reason=%s",
                        e.error().code(), e.error().reason());
                break;
            }
        }
        keys.unexported().forEach(this::remind);
    }

    private void remind(StoredKey key) {
        Instant now = clock.instant();
        Instant last = reminded.get(key.key().fingerprint());
        if (last == null || !last.plus(remindEvery).isAfter(now)) {
            reminded.put(key.key().fingerprint(), now);
            store.remind(key);
        }
    }
}
