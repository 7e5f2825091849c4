package dev.tenantry.secretsservice.sealing;

import static dev.tenantry.secretsservice.sealing.SealedSecrets.base64;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.changed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.encrypted;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.old;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.sealed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.secret;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.template;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Resealed.Done;
import dev.tenantry.secretsservice.sealing.Unsealed.Opened;

class ResealerTest {

    private static KeyPair oldest;
    private static KeyPair newest;
    private static KeyRing keys;

    @BeforeAll
    static void keys() {
        oldest = TestKeys.pair(1);
        newest = TestKeys.pair(2);
        keys = KeyRing.of(List.of(TestKeys.limited(oldest), TestKeys.limited(newest)));
    }

    @ParameterizedTest
    @EnumSource
    void eachValueMovesToTheNewestKeyInItsScope(Scope scope) {
        Done done = done(sealed(oldest, scope), keys);

        assertThat(done.items()).containsExactly("password", "user");
        assertThat(done.keys()).containsExactly(newest.fingerprint());
        assertThat(SealedContent.of(done.sealed()).scope()).isEqualTo(scope);
        Opened opened = open(done.sealed());
        assertThat(opened.sealedWith()).containsExactly(newest.fingerprint());
        assertThat(opened.secret()).isEqualTo(open(sealed(oldest, scope)).secret());
        assertThat(done.sealed().annotations()).containsEntry(Sealer.SEALED_WITH, newest.fingerprint().text());
    }

    @Test
    void whatIsUnderTheNewestKeyIsLeftAsItIs() {
        Manifest given = sealed(newest, Scope.STRICT);

        Done done = done(given, keys);

        assertThat(done.sealed()).isEqualTo(given);
        assertThat(done.items()).isEmpty();
    }

    @Test
    void onlyTheValuesOfOlderKeysAreEncryptedAnew() {
        Manifest mixed = changed(sealed(newest, Scope.STRICT), json -> encrypted(json).set("password",
                sealed(oldest, Scope.STRICT).at("spec", "encryptedData", "password")));

        Done done = done(mixed, keys);

        assertThat(done.items()).containsExactly("password");
        assertThat(done.sealed().at("spec", "encryptedData", "user"))
                .isEqualTo(mixed.at("spec", "encryptedData", "user"));
    }

    @Test
    void theTemplateAndAllElseStay() {
        Manifest given = changed(sealed(oldest, Scope.STRICT), json -> {
            template(json).putObject("data").put("url", "db://{{ .user }}");
            template(json).put("extension", "kept");
            json.putObject("status").put("observedGeneration", 3);
        });

        Done done = done(given, keys);

        assertThat(done.sealed().at("spec", "template")).isEqualTo(given.at("spec", "template"));
        assertThat(done.sealed().at("status")).isEqualTo(given.at("status"));
    }

    @Test
    void aWiderScopeInTheTemplateWidensNothing() {
        Manifest given = changed(sealed(oldest, Scope.STRICT), json -> template(json).withObjectProperty("metadata")
                .putObject("annotations")
                .put("sealedsecrets.bitnami.com/cluster-wide", "true"));

        Manifest sealed = done(given, keys).sealed();

        assertThat(SealedContent.of(sealed).scope()).isEqualTo(Scope.STRICT);
        assertThat(new Unsealer(Templates.none(), true).unseal(SealedContent.of(sealed.withNamespace("team-b")), keys))
                .isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    void anOldBlobBecomesEncryptedData() {
        Manifest given = old(oldest, secret().toJson().getBytes(UTF_8));

        Done done = done(given, keys);

        assertThat(done.items()).containsExactly("password", "user");
        assertThat(done.sealed().at("spec", "data").isMissingNode()).isTrue();
        assertThat(open(done.sealed()).secret()).isEqualTo(open(given).secret());
    }

    @Test
    void aLimitedKeySealsInItsNamespaceButNotWhatIsClusterWide() {
        SealingKey limited = TestKeys.key(3, "team-a");
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(oldest), TestKeys.limited(newest), limited));

        assertThat(done(sealed(oldest, Scope.STRICT), ring).keys()).containsExactly(limited.fingerprint());
        assertThat(done(sealed(oldest, Scope.CLUSTER_WIDE), ring).keys()).containsExactly(newest.fingerprint());
    }

    @Test
    void aLimitedKeysValueDoesNotLeaveItsNamespacesUnderTheClustersKey() {
        SealingKey limited = TestKeys.key(3, "team-a");
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(oldest), TestKeys.limited(newest), limited));

        assertThat(done(sealed(limited.pair(), Scope.CLUSTER_WIDE), ring).keys())
                .containsExactly(limited.fingerprint());
    }

    @Test
    void whatDoesNotOpenIsRefusedAsAWhole() {
        Manifest given = changed(sealed(oldest, Scope.STRICT), json -> encrypted(json).put("user", "AAAA"));

        assertThat(new Resealer(true).reseal(given, keys)).isInstanceOfSatisfying(Resealed.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.DAMAGED);
            assertThat(refused.items()).containsExactly("user");
            assertThat(refused.toString()).doesNotContain(SealedSecrets.CANARY, base64(SealedSecrets.CANARY));
        });
    }

    @Test
    void withoutAKeyThereIsNothingToSealWith() {
        assertThat(new Resealer(true).reseal(sealed(oldest, Scope.STRICT), KeyRing.empty()))
                .isInstanceOfSatisfying(Resealed.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("there is no sealing key for namespace team-a"));
    }

    private static Done done(Manifest sealed, KeyRing ring) {
        return (Done) new Resealer(true).reseal(sealed, ring);
    }

    private static Opened open(Manifest sealed) {
        return (Opened) new Unsealer(Templates.none(), true).unseal(SealedContent.of(sealed), keys);
    }
}
