package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;

class KeysTest {

    private static KeyPair older;
    private static KeyPair newer;

    private final Keys keys = new Keys();

    @BeforeAll
    static void pairs() {
        older = TestKeys.pair(1);
        newer = TestKeys.pair(2);
    }

    @Test
    void aKeyIsInTheRingAtOnceAndTheNewestIsListedFirst() {
        // When
        keys.put(stored("a", older, false));
        keys.put(stored("b", newer, false));

        // Then
        assertThat(keys.ring().all()).extracting(SealingKey::fingerprint)
                .containsExactly(newer.fingerprint(), older.fingerprint());
        assertThat(keys.stored()).extracting(each -> each.key().secret().name()).containsExactly("b", "a");
    }

    @Test
    void anotherKeyOpensSomethingAndTheSameAgainDoesNot() {
        // Given
        assertThat(keys.put(stored("a", older, false))).isTrue();

        // When
        boolean exported = keys.put(stored("a", older, true));
        boolean replaced = keys.put(stored("a", newer, false));

        // Then
        assertThat(exported).isFalse();
        assertThat(replaced).isTrue();
        assertThat(keys.ring().all()).hasSize(1);
    }

    @Test
    void otherNamespacesOpenSomething() {
        // Given
        keys.put(new StoredKey(TestKeys.limited(older, "team-a"), "uid", false));

        // When
        boolean opens = keys.put(new StoredKey(TestKeys.limited(older, "team-b"), "uid", false));

        // Then
        assertThat(opens).isTrue();
    }

    @Test
    void aKeyThatIsRemovedOpensNothing() {
        // Given
        keys.put(stored("a", older, false));

        // When
        keys.remove(new NamespacedName("tenantry-system", "a"));

        // Then
        assertThat(keys.ring().isEmpty()).isTrue();
        assertThat(keys.stored()).isEmpty();
    }

    @Test
    void whatIsNotExportedIsListed() {
        // Given
        keys.put(stored("a", older, true));
        keys.put(stored("b", newer, false));

        // When
        List<StoredKey> unexported = keys.unexported();

        // Then
        assertThat(unexported).extracting(each -> each.key().secret().name()).containsExactly("b");
    }

    @Test
    void theyAreKnownWhenAllHaveBeenTold() {
        // Given
        keys.put(stored("a", older, false));
        assertThat(keys.areKnown()).isFalse();

        // When
        keys.synced();

        // Then
        assertThat(keys.areKnown()).isTrue();
    }

    static StoredKey stored(String name, KeyPair pair, boolean exported) {
        return new StoredKey(SealingKey.of(new NamespacedName("tenantry-system", name), pair), "uid-" + name, exported);
    }
}
