package dev.tenantry.secretsservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Report;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.SyncedCondition;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;

class ViewsTest {

    private static final Fingerprint OLD = new Fingerprint("SHA256:" + "a".repeat(43));

    @Test
    void aKeyIsShownWithItsTimesAndWithoutWhatOpens() {
        // Given
        Keys keys = new Keys();
        StoredKey key = new StoredKey(TestKeys.key(1, "team-b", "team-a"), "uid", true);
        keys.put(key);

        // When
        KeyView view = KeyView.of(key, keys);

        // Then
        assertThat(view.namespace()).isEqualTo("tenantry-system");
        assertThat(view.fingerprint()).isEqualTo(key.key().fingerprint().text());
        assertThat(view.notBefore()).isEqualTo(view.orderedAt()).isBefore(view.notAfter());
        assertThat(view.namespaces()).containsExactly("team-a", "team-b");
        assertThat(view.exported()).isTrue();
        assertThat(view.old()).isFalse();
    }

    @Test
    void aKeyWithASuccessorIsOld() {
        // Given
        Keys keys = new Keys();
        StoredKey older = new StoredKey(TestKeys.key(1), "uid", false);
        keys.put(older);
        SealingKey newer = TestKeys.key(2);
        keys.put(new StoredKey(
                new SealingKey(new NamespacedName("tenantry-system", "newer"),
                        newer.fingerprint(), newer.pair(), newer.orderedAt(), Set.of()),
                "uid", false));

        // When
        KeyView view = KeyView.of(older, keys);

        // Then
        assertThat(view.old()).isTrue();
    }

    @Test
    void whatNobodyHasLookedAtIsNeitherSyncedNorNot() {
        assertThat(view(SyncedCondition.never()).synced()).isNull();
        assertThat(view(condition("True")).synced()).isTrue();
        assertThat(view(condition("False")).synced()).isFalse();
    }

    @Test
    void aSealedSecretIsShownWithReasonAndKeys() {
        // When
        SealedSecretView view = view(condition("False"));

        // Then
        assertThat(view).isEqualTo(new SealedSecretView("team-a", "database", "namespace-wide", false, "Damaged",
                "cut short", 3, 2, List.of(OLD.text()), List.of(OLD.text())));
    }

    private static SyncedCondition condition(String value) {
        return new SyncedCondition(value, "Damaged", "cut short", 2, null);
    }

    private static SealedSecretView view(SyncedCondition condition) {
        KnownSealedSecret sealed = new KnownSealedSecret(new NamespacedName("team-a", "database"), "uid", "10", 3,
                Scope.NAMESPACE_WIDE, Set.of(), condition, false);
        return SealedSecretView.of(new Report.Entry(sealed, List.of(OLD), List.of(OLD)));
    }
}
