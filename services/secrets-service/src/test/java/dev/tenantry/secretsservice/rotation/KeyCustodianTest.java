package dev.tenantry.secretsservice.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.testkit.time.MovableClock;

class KeyCustodianTest {

    private static final int BITS = 1024;
    private static KeyPair first;

    private final MovableClock clock = new MovableClock();
    private final Keys keys = new Keys();
    private final FakeStore store = new FakeStore(clock);
    private final KeyCustodian custodian = new KeyCustodian(keys,
            new Rotation(Duration.ofDays(30), Optional.empty()), Duration.ofHours(24), store, clock);

    @BeforeAll
    static void aKey() {
        first = TestKeys.pair(1);
    }

    @Test
    void beforeAllKeysAreKnownNothingIsMade() {
        // When
        custodian.look(() -> true);

        // Then
        assertThat(store.made).isEmpty();
    }

    @Test
    void whatIsAnothersToDoIsLeftToIt() {
        // Given
        keys.put(stored(first, Set.of(), false));
        keys.synced();

        // When
        custodian.look(() -> false);

        // Then
        assertThat(store.made).isEmpty();
        assertThat(store.reminded).isEmpty();
    }

    @Test
    void aFirstKeyIsMadeOnceAndIsInUseAtOnce() {
        // Given
        keys.synced();

        // When
        custodian.look(() -> true);
        custodian.look(() -> true);

        // Then
        assertThat(store.made).containsExactly(Set.of());
        assertThat(keys.ring().sealing("team-a")).isPresent();
    }

    @Test
    void aSuccessorServesTheSameNamespaces() {
        // Given
        keys.put(stored(first, Set.of("team-a"), true));
        keys.synced();

        // When
        custodian.look(() -> true);

        // Then
        assertThat(store.made).containsExactlyInAnyOrder(Set.of(), Set.of("team-a"));
    }

    @Test
    void aRefusedKeyIsTriedAgainAndKeepsNobodyFromBeingReminded() {
        // Given
        keys.put(stored(first, Set.of(), false));
        keys.synced();
        store.refuses = true;

        // When
        custodian.look(() -> true);

        // Then
        assertThat(keys.ring().all()).hasSize(1);
        assertThat(store.reminded).containsExactly(first.fingerprint().text());

        // When
        store.refuses = false;
        custodian.look(() -> true);

        // Then
        assertThat(keys.ring().all()).hasSize(2);
    }

    @Test
    void ofARefusedKeyOnlyCodeAndReasonAreLogged() {
        // Given
        keys.synced();
        store.refuses = true;
        Logger logger = Logger.getLogger(KeyCustodian.class.getName());
        Lines lines = new Lines();
        logger.addHandler(lines);

        // When
        try {
            custodian.look(() -> true);
        } finally {
            logger.removeHandler(lines);
        }

        // Then
        assertThat(lines.said).singleElement()
                .asString()
                .contains("code=403 reason=Forbidden")
                .doesNotContain("quota");
    }

    @Test
    void ofAKeyThatNobodyHasExportedIsRemindedOnceInEachPeriod() {
        // Given
        recent(false);
        custodian.look(() -> true);

        // When
        clock.forward(Duration.ofHours(23));
        custodian.look(() -> true);

        // Then
        assertThat(store.reminded).hasSize(1);

        // When
        clock.forward(Duration.ofHours(1));
        custodian.look(() -> true);

        // Then
        assertThat(store.reminded).hasSize(2);
    }

    @Test
    void ofAnExportedKeyNobodyIsReminded() {
        // Given
        recent(true);

        // When
        custodian.look(() -> true);

        // Then
        assertThat(store.reminded).isEmpty();
    }

    private void recent(boolean exported) {
        KeyPair pair = new KeyGenerator(BITS, Duration.ofDays(365), "").generate(clock);
        keys.put(stored(pair, Set.of(), exported));
        keys.synced();
    }

    @Test
    void aKeyThatCameWhileOneWasMadeIsEnough() {
        // Given
        keys.synced();
        KeyPair another = new KeyGenerator(BITS, Duration.ofDays(365), "").generate(clock);
        store.meanwhile = () -> keys.put(stored(another, Set.of(), false));

        // When
        custodian.look(() -> true);

        // Then
        assertThat(store.made).isEmpty();
    }

    private static StoredKey stored(KeyPair pair, Set<String> namespaces, boolean exported) {
        NamespacedName secret = new NamespacedName("tenantry-system", "key-" + pair.fingerprint().text().substring(7));
        return new StoredKey(SealingKey.of(secret, pair).onlyFor(namespaces), "uid", exported);
    }

    private static final class Lines extends Handler {

        private final List<String> said = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            said.add(line instanceof ExtLogRecord formatted
                    ? formatted.getFormattedMessage()
                    : line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final class FakeStore implements KeyCustodian.KeyStore {

        private final List<Set<String>> made = new ArrayList<>();
        private final List<String> reminded = new ArrayList<>();
        private final Clock clock;
        private boolean refuses;
        private Runnable meanwhile = () -> {};

        private FakeStore(Clock clock) {
            this.clock = clock;
        }

        @Override
        public KeyPair generate() {
            KeyPair pair = new KeyGenerator(BITS, Duration.ofDays(365), "").generate(clock);
            meanwhile.run();
            return pair;
        }

        @Override
        public StoredKey keep(KeyPair pair, Set<String> namespaces) {
            if (refuses) {
                throw new ApiException(new ApiError(403, "Forbidden", "exceeded quota", "secrets", "", List.of(),
                        Optional.empty()));
            }
            made.add(namespaces);
            return stored(pair, namespaces, false);
        }

        @Override
        public void remind(StoredKey key) {
            reminded.add(key.key().fingerprint().text());
        }
    }
}
