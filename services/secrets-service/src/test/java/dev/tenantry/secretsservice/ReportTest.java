package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.TestKeys;

class ReportTest {

    private static final Fingerprint GONE = new Fingerprint("SHA256:" + "a".repeat(43));
    private static KeyPair older;
    private static KeyPair newest;

    private final FakeSealedSecrets sealedSecrets = new FakeSealedSecrets();
    private final FakeSecrets secrets = new FakeSecrets();
    private final Keys keys = new Keys();
    private final Report report = new Report(new Objects(sealedSecrets, secrets), keys);

    @BeforeAll
    static void pairs() {
        older = TestKeys.pair(1);
        newest = TestKeys.pair(2);
    }

    @BeforeEach
    void twoKeys() {
        keys.put(KeysTest.stored("older", older, true));
        keys.put(KeysTest.stored("newest", newest, true));
    }

    @Test
    void whatAnOlderKeyOrOneThatIsGoneSealedHasToBeSealedAgain() {
        // Given
        put("a", older.fingerprint(), newest.fingerprint());
        put("b", GONE);
        put("c", newest.fingerprint());

        // When
        List<Report.Entry> entries = report.entries();

        // Then
        assertThat(entries).extracting(Report.Entry::old)
                .containsExactly(List.of(older.fingerprint()), List.of(GONE), List.of());
        assertThat(report.countOld()).isEqualTo(2);
    }

    @Test
    void whatWasNeverOpenedHereIsListedWithoutKeys() {
        // Given
        sealedSecrets.put(sealed());

        // When
        List<Report.Entry> entries = report.entries();

        // Then
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.sealedWith()).isEmpty();
            assertThat(entry.old()).isEmpty();
        });
    }

    @Test
    void entriesComeByNamespaceAndName() {
        // Given
        sealedSecrets.put(Examples.named(sealed(), "team-b", "a"));
        sealedSecrets.put(Examples.named(sealed(), "team-a", "z"));
        sealedSecrets.put(Examples.named(sealed(), "team-a", "b"));

        // When
        List<Report.Entry> entries = report.entries();

        // Then
        assertThat(entries).extracting(entry -> entry.sealed().name().toString())
                .containsExactly("team-a/b", "team-a/z", "team-b/a");
    }

    private void put(String name, Fingerprint... sealedWith) {
        NamespacedName named = new NamespacedName("team-a", name);
        sealedSecrets.put(Examples.named(sealed(), "team-a", name));
        secrets.known.put(named,
                new LiveSecret(named, "uid", "1", Set.of("owner"), Set.of(), false, List.of(sealedWith),
                        Optional.empty()));
    }
}
