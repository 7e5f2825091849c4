package dev.tenantry.secretsservice.sealing;

import static dev.tenantry.secretsservice.sealing.SealedSecrets.CANARY;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.base64;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;

class SealerTest {

    private static Sealer sealer;
    private static Fingerprint fingerprint;

    @BeforeAll
    static void aKey() {
        var pair = TestKeys.pair(1);
        sealer = new Sealer(pair.publicKey());
        fingerprint = pair.fingerprint();
    }

    @Test
    void theScopeIsSaidOnBothAndTheKeyOnTheSealedSecretAlone() {
        Manifest sealed = sealer.seal(secret(), Scope.NAMESPACE_WIDE);

        String scope = "sealedsecrets.bitnami.com/namespace-wide";
        assertThat(sealed.annotations()).containsOnly(Map.entry(scope, "true"),
                Map.entry("tenantry.dev/sealed-with", fingerprint.text()));
        assertThat(SealedContent.of(sealed).annotations()).containsOnly(Map.entry(scope, "true"));
    }

    @Test
    void noCopyInClearIsKept() {
        Manifest sealed = sealer.seal(
                secret().withAnnotations(
                        Map.of("kubectl.kubernetes.io/last-applied-configuration", secret().toJson(), "team", "a")),
                Scope.STRICT);

        assertThat(SealedContent.of(sealed).annotations()).containsOnlyKeys("team");
        assertThat(sealed.toJson()).doesNotContain(CANARY, base64(CANARY));
    }

    @Test
    void whatTheServerAddedIsLeftOut() {
        Manifest live = secret().with(json -> {
            json.withObjectProperty("metadata")
                    .put("uid", "1")
                    .put("resourceVersion", "2")
                    .put("creationTimestamp", "2026-01-01T00:00:00Z")
                    .putArray("ownerReferences");
            return json;
        });

        assertThat(sealer.seal(live, Scope.STRICT).at("spec", "template", "metadata").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("name", "namespace", "labels");
    }

    @Test
    void aNamespaceIsNeededUnlessTheScopeIsTheCluster() {
        assertThat(sealer.seal(secret().withNamespace(""), Scope.CLUSTER_WIDE).namespace()).isEmpty();
        assertThatThrownBy(() -> sealer.seal(secret().withNamespace(""), Scope.STRICT))
                .hasMessageContaining("add metadata.namespace");
    }

    @Test
    void dataThatIsNoBase64IsRefusedWithoutAWordOfIt() {
        Manifest clear = secret().with(json -> {
            json.putObject("data").put("password", CANARY + "!");
            return json;
        });

        assertThatThrownBy(() -> sealer.seal(clear, Scope.STRICT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data.password is not base64")
                .hasMessageNotContaining(CANARY)
                .hasNoCause();
    }

    @Test
    void whatIsNoStringIsRefusedRatherThanLeftOut() {
        Manifest number = secret().with(json -> {
            json.putObject("stringData").put("port", 5432);
            return json;
        });

        assertThatThrownBy(() -> sealer.seal(number, Scope.STRICT))
                .hasMessage("stringData.port is no string: put it in quotes");
    }

    @Test
    void anObjectOfAnotherKindIsRefused() {
        Manifest sealed = sealer.seal(secret(), Scope.STRICT);

        assertThatThrownBy(() -> sealer.seal(sealed, Scope.STRICT))
                .hasMessage("This is a SealedSecret, not a v1 Secret");
    }
}
