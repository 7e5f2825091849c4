package dev.tenantry.secretsservice.sealing;

import static dev.tenantry.secretsservice.sealing.SealedSecrets.CANARY;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.NAME;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.base64;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.changed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.encrypted;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.old;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.sealed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.secret;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.template;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Unsealed.Opened;
import dev.tenantry.secretsservice.sealing.Unsealed.Refused;

class UnsealerTest {

    private static KeyPair pair;
    private static KeyPair older;
    private static KeyRing keys;

    @BeforeAll
    static void keys() {
        pair = TestKeys.pair(2);
        older = TestKeys.pair(1);
        keys = KeyRing.of(List.of(TestKeys.limited(pair), TestKeys.limited(older)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSealedIsOpenedInEachScope(Scope scope) {
        Opened opened = opened(sealed(pair, scope));

        assertThat(opened.secret().at("data", "password").asText()).isEqualTo(base64(CANARY));
        assertThat(opened.secret().at("data", "user").asText()).isEqualTo(base64("admin"));
        assertThat(opened.secret().labels()).containsEntry("app", "web");
        assertThat(opened.secret().at("type").asText()).isEqualTo("Opaque");
        assertThat(opened.sealedWith()).containsExactly(pair.fingerprint());
    }

    @Test
    void theSecretBelongsToItsSealedSecretUnlessItSaysOtherwise() {
        Manifest owned = opened(sealed(pair, Scope.STRICT)).secret();
        Manifest unowned = opened(changed(sealed(pair, Scope.STRICT),
                json -> template(json).withObjectProperty("metadata")
                        .putObject("annotations")
                        .put("sealedsecrets.bitnami.com/skip-set-owner-references", "true")))
                .secret();

        JsonNode owner = owned.at("metadata", "ownerReferences").path(0);
        assertThat(owner.path("kind").asText()).isEqualTo("SealedSecret");
        assertThat(owner.path("name").asText()).isEqualTo(NAME.name());
        assertThat(owner.path("controller").asBoolean()).isTrue();
        assertThat(unowned.at("metadata", "ownerReferences").isMissingNode()).isTrue();
    }

    @Test
    void verifyingTellsNothingThatATemplateFindsOut() {
        Templates curious = (namespace, texts, values) -> new Templates.Failed(Map.of("x", "told"));
        Manifest asking = changed(sealed(pair, Scope.STRICT),
                json -> template(json).putObject("data")
                        .put("x", "{{ if hasPrefix \"a\" .password }}{{ fail \"\" }}{{ end }}"));

        assertThat(new Unsealer(curious, true).verify(SealedContent.of(asking), keys)).isEmpty();
        assertThat(new Unsealer(curious, true).verify(SealedContent.of(asking), KeyRing.empty())).isPresent();
    }

    @Test
    void ofManyValuesThatStayClosedOnlyAFewAreTried() {
        Manifest foreign = changed(sealed(TestKeys.pair(9), Scope.STRICT), json -> {
            var encrypted = json.withObjectProperty("spec").withObjectProperty("encryptedData");
            for (int i = 0; i < 50; i++) {
                encrypted.set("more" + i, encrypted.get("password"));
            }
        });

        Refused refused = refused(foreign);

        assertThat(refused.message()).contains("and 49 more were not tried");
        assertThat(refused.items()).hasSize(3);
    }

    @Test
    void anOlderKeyStillOpensAndIsNamed() {
        assertThat(opened(sealed(older, Scope.STRICT)).sealedWith()).containsExactly(older.fingerprint());
    }

    @Test
    void aScopeThatIsNotTheOneOfTheSealingIsNamed() {
        Manifest moved = changed(sealed(pair, Scope.NAMESPACE_WIDE),
                json -> json.withObjectProperty("metadata").remove("annotations"));

        Refused refused = refused(moved);

        assertThat(refused.reason()).isEqualTo(Refusal.NO_MATCHING_KEY);
        assertThat(refused.message())
                .contains("it was sealed with scope namespace-wide, and its annotations say strict");
        assertThat(refused.items()).containsExactly("password", "user");
    }

    @Test
    void anotherNameIsNamedWithTheOneOfTheTemplate() {
        Manifest renamed = changed(sealed(pair, Scope.STRICT),
                json -> json.withObjectProperty("metadata").put("name", "other"));

        assertThat(refused(renamed).message())
                .contains("it seems to have been sealed for team-a/database and this is team-a/other");
    }

    @Test
    void anotherNamespaceOpensOnlyWhatIsClusterWide() {
        assertThat(unseal(moved(sealed(pair, Scope.NAMESPACE_WIDE)))).isInstanceOf(Refused.class);
        assertThat(unseal(moved(sealed(pair, Scope.CLUSTER_WIDE)))).isInstanceOf(Opened.class);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheKeysThatWereTried() {
        Refused refused = refused(sealed(TestKeys.pair(3), Scope.STRICT));

        assertThat(refused.reason()).isEqualTo(Refusal.NO_MATCHING_KEY);
        assertThat(refused.message()).contains("no key could decrypt password, user",
                "tried key " + pair.fingerprint() + ", " + older.fingerprint());
    }

    @Test
    void aKeyOfAnotherNamespaceOpensNothing() {
        KeyRing limited = KeyRing.of(List.of(TestKeys.limited(pair, "team-b")));

        assertThat(new Unsealer(Templates.none(), true).unseal(SealedContent.of(sealed(pair, Scope.STRICT)), limited))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.message())
                        .contains("there is no sealing key for namespace team-a"));
    }

    @Test
    void aBitFlippedInTheValueIsDamageUnderAKnownKey() {
        Refused refused = refused(flipped(sealed(pair, Scope.STRICT), 2 + 256 + 3));

        assertThat(refused.reason()).isEqualTo(Refusal.DAMAGED);
        assertThat(refused.message())
                .isEqualTo("password was changed since it was sealed with key " + pair.fingerprint());
        assertThat(refused.items()).containsExactly("password");
    }

    @Test
    void aBitFlippedInTheSessionKeyIsAsGoodAsAnUnknownKey() {
        assertThat(refused(flipped(sealed(pair, Scope.STRICT), 20)).reason()).isEqualTo(Refusal.NO_MATCHING_KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 270})
    void aValueThatIsCutShortIsDamage(int length) {
        Manifest cut = changed(sealed(pair, Scope.STRICT), json -> encrypted(json).put("password",
                Base64.getEncoder().encodeToString(Arrays.copyOf(bytes(json, "password"), length))));

        assertThat(refused(cut).reason()).isEqualTo(Refusal.DAMAGED);
        assertThat(refused(cut).message()).startsWith("password is cut short");
    }

    @Test
    void bothKindsOfDataAreRefused() {
        Manifest both = changed(sealed(pair, Scope.STRICT),
                json -> json.withObjectProperty("spec").put("data", "AAAA"));

        assertThat(refused(both).reason()).isEqualTo(Refusal.INVALID_SPEC);
        assertThat(refused(both).message()).contains("are both set");
    }

    @Test
    void aMebibyteIsTheMost() {
        assertThat(unseal(ofSize(Unsealer.MOST_BYTES))).isInstanceOf(Opened.class);
        assertThat(refused(ofSize(Unsealer.MOST_BYTES + 1)).reason()).isEqualTo(Refusal.TOO_LARGE);
    }

    @Test
    void anOldBlobIsOpenedUnlessThatIsSwitchedOff() {
        Manifest old = old(pair, secret().toJson().getBytes(UTF_8));

        Opened opened = opened(old);

        assertThat(opened.secret().at("data", "password").asText()).isEqualTo(base64(CANARY));
        assertThat(opened.secret().at("data", "user").asText()).isEqualTo(base64("admin"));
        assertThat(opened.secret().labels()).containsEntry("app", "web");
        assertThat(new Unsealer(Templates.none(), false).unseal(SealedContent.of(old), keys))
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.INVALID_SPEC));
    }

    @ParameterizedTest
    @ValueSource(strings = {CANARY, "{\"" + CANARY + "\": 1}",
            "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"" + CANARY + "\"}}",
            "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"a\"}, \"data\": {\"a\": \""
                    + CANARY
                    + "!\"}}"})
    void anOldBlobThatHoldsSomethingElseIsDamageWithoutAWordOfIt(String content) {
        Refused refused = refused(old(pair, content.getBytes(UTF_8)));

        assertThat(refused.reason()).isEqualTo(Refusal.DAMAGED);
        assertThat(refused.toString()).doesNotContain(CANARY);
    }

    @Test
    void aTemplateSeesTheValuesAndAddsToThem() {
        Templates engine = (namespace, texts, values) -> new Templates.Rendered(
                Map.of("url", (texts.get("url") + new String(values.get("user"), UTF_8)).getBytes(UTF_8)));

        Opened opened = (Opened) unseal(templated(), engine);

        assertThat(opened.secret().at("data", "url").asText()).isEqualTo(base64("db://admin"));
        assertThat(opened.secret().at("data", "user").asText()).isEqualTo(base64("admin"));
    }

    @Test
    void aTemplateThatFailsIsNamed() {
        Refused refused = (Refused) unseal(templated(),
                (namespace, texts, values) -> new Templates.Failed(Map.of("url", "1:7: no such function")));

        assertThat(refused.reason()).isEqualTo(Refusal.TEMPLATE_FAILED);
        assertThat(refused.message()).isEqualTo("template of url: 1:7: no such function");
        assertThat(refused.items()).containsExactly("url");
    }

    @Test
    void withoutAnEngineTemplatesMayBeTriedAgain() {
        assertThat(unseal(templated(), Templates.none())).isInstanceOf(Unsealed.Unavailable.class);
    }

    @Test
    void nothingThatHoldsAValuePrintsIt() {
        Opened opened = opened(sealed(pair, Scope.STRICT));

        assertThat(List.of(opened, opened.secret(), new Templates.Rendered(Map.of("a", CANARY.getBytes(UTF_8)))))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain(CANARY, base64(CANARY)));
    }

    private static Manifest templated() {
        return changed(sealed(pair, Scope.STRICT),
                json -> template(json).putObject("data").put("url", "db://"));
    }

    private static Manifest moved(Manifest sealed) {
        return sealed.withNamespace("team-b");
    }

    private static Manifest flipped(Manifest sealed, int at) {
        return changed(sealed, json -> {
            byte[] bytes = bytes(json, "password");
            bytes[at] ^= 1;
            encrypted(json).put("password", Base64.getEncoder().encodeToString(bytes));
        });
    }

    private static byte[] bytes(JsonNode sealed, String item) {
        return Base64.getDecoder().decode(sealed.at("/spec/encryptedData/" + item).asText());
    }

    private static Manifest ofSize(int bytes) {
        return changed(sealed(pair, Scope.STRICT), json -> encrypted(json).removeAll()
                .put("large", new Sealer(pair.publicKey()).seal(new byte[bytes], NAME, Scope.STRICT)));
    }

    private static Opened opened(Manifest sealed) {
        return (Opened) unseal(sealed);
    }

    private static Refused refused(Manifest sealed) {
        Refused refused = (Refused) unseal(sealed);
        assertThat(refused.toString()).doesNotContain(CANARY, base64(CANARY));
        return refused;
    }

    private static Unsealed unseal(Manifest sealed) {
        return unseal(sealed, Templates.none());
    }

    private static Unsealed unseal(Manifest sealed, Templates templates) {
        return new Unsealer(templates, true).unseal(SealedContent.of(sealed), keys);
    }
}
