package dev.tenantry.secretsservice.sealing;

import static dev.tenantry.secretsservice.sealing.SealedSecrets.CANARY;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.NAME;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.base64;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.changed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.encrypted;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.sealed;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.secret;
import static dev.tenantry.secretsservice.sealing.SealedSecrets.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Finding.Weight;

class FileCheckTest {

    private static final String SCOPE = "sealedsecrets.bitnami.com/";

    private static KeyPair pair;
    private static KeyPair longer;

    @BeforeAll
    static void keys() {
        pair = TestKeys.pair(1);
        longer = new KeyGenerator(3072, Duration.ofDays(1), "").generate(Clock.systemUTC());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasJustSealedIsAsItShouldBe(Scope scope) {
        assertThat(check(sealed(pair, scope))).containsExactly(new Finding(Weight.NOTE,
                "metadata.annotations.tenantry.dev/sealed-with", "sealed with known key " + pair.fingerprint()));
    }

    @Test
    void aKeyThatIsNotAmongTheCertificatesIsAnError() {
        KeyPair other = TestKeys.pair(2);

        assertThat(errors(sealed(other, Scope.STRICT))).singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith(
                                "sealed with a key that is not among the given certificates, " + other.fingerprint()));
    }

    @Test
    void withoutAnAnnotationTheSizeIsAllThatIsKnown() {
        Manifest silent = changed(sealed(pair, Scope.STRICT),
                json -> json.withObjectProperty("metadata").remove("annotations"));

        assertThat(check(silent, pair, longer)).extracting(Finding::message)
                .containsExactly(
                        "the file does not say which key it was sealed with; its size fits 1 of 2 certificates");
        assertThat(check(silent)).extracting(Finding::weight).containsExactly(Weight.NOTE);
    }

    @Test
    void aSizeThatNoCertificateHasIsAnErrorOfEachValue() {
        Manifest silent = changed(sealed(longer, Scope.STRICT),
                json -> json.withObjectProperty("metadata").remove("annotations"));

        assertThat(errors(silent)).extracting(Finding::where)
                .containsExactly("spec.encryptedData.password", "spec.encryptedData.user");
        assertThat(errors(silent)).allSatisfy(finding -> assertThat(finding.message()).contains("3072 bits"));
    }

    @Test
    void withoutCertificatesOnlyWhatNoKeyCanBeIsAnError() {
        Manifest strange = changed(sealed(pair, Scope.STRICT), json -> encrypted(json).put("user",
                base64("\0\5" + "x".repeat(50))));

        assertThat(new FileCheck(List.of()).check(strange)).filteredOn(finding -> finding.weight() == Weight.ERROR)
                .extracting(Finding::where)
                .containsExactly("spec.encryptedData.user");
    }

    @Test
    void scopesThatContradictEachOtherAreAnError() {
        Manifest narrowed = changed(sealed(pair, Scope.CLUSTER_WIDE),
                json -> ((ObjectNode) json.at("/metadata/annotations")).remove(SCOPE + "cluster-wide"));

        assertThat(errors(narrowed)).singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("say scope strict, and those of spec.template say cluster-wide"));
    }

    @Test
    void aNamespaceIsMissedWhereTheScopeNeedsIt() {
        assertThat(errors(sealed(pair, Scope.STRICT).withNamespace(""))).extracting(Finding::where)
                .containsExactly("metadata.namespace");
        assertThat(errors(sealed(pair, Scope.CLUSTER_WIDE).withNamespace(""))).isEmpty();
    }

    @Test
    void aNewNameIsAnErrorWhereTheScopeForbidsIt() {
        assertThat(errors(renamed(Scope.STRICT))).extracting(Finding::where).containsExactly("metadata.name");
        assertThat(errors(renamed(Scope.NAMESPACE_WIDE))).isEmpty();
        assertThat(errors(sealed(pair, Scope.NAMESPACE_WIDE).withNamespace("team-b"))).extracting(Finding::where)
                .containsExactly("metadata.namespace");
        assertThat(errors(sealed(pair, Scope.CLUSTER_WIDE).withNamespace("team-b"))).isEmpty();
    }

    @Test
    void bothDataFieldsAndNoneAreErrors() {
        Manifest both = changed(sealed(pair, Scope.STRICT), json -> json.withObjectProperty("spec")
                .put("data", new Sealer(pair.publicKey()).seal(new byte[1], NAME, Scope.STRICT)));
        Manifest none = changed(sealed(pair, Scope.STRICT),
                json -> json.withObjectProperty("spec").remove("encryptedData"));

        assertThat(errors(both)).extracting(Finding::message).singleElement().asString().contains("are both set");
        assertThat(errors(none)).extracting(Finding::where).containsExactly("spec.encryptedData");
    }

    @Test
    void valuesThatAreNoneAreNamed() {
        Manifest broken = changed(sealed(pair, Scope.STRICT), json -> encrypted(json).put("a", "AAAA")
                .put("b", "%%")
                .put("c", 1)
                .put("no/key", encrypted(json).path("user").asText()));

        assertThat(errors(broken)).extracting(Finding::where)
                .containsExactlyInAnyOrder("spec.encryptedData.a", "spec.encryptedData.b", "spec.encryptedData.c",
                        "spec.encryptedData.no/key");
    }

    @Test
    void moreThanAMebibyteIsAnError() {
        Manifest large = changed(sealed(pair, Scope.STRICT), json -> encrypted(json).put("large",
                new Sealer(pair.publicKey()).seal(new byte[Unsealer.MOST_BYTES], NAME, Scope.STRICT)));

        assertThat(errors(large)).extracting(Finding::where).containsExactly("spec");
    }

    @Test
    void aTemplateInPlaceOfAValueIsWarnedOf() {
        Manifest hidden = changed(sealed(pair, Scope.STRICT),
                json -> template(json).putObject("data").put("user", "{{ .user }}"));

        assertThat(warnings(hidden)).extracting(Finding::where).containsExactly("spec.template.data.user");
    }

    @Test
    void clearTextLeftByKubectlIsWarnedOfWithoutAWordOfIt() {
        Manifest leaking = sealed(pair, Scope.STRICT).withAnnotations(
                Map.of("kubectl.kubernetes.io/last-applied-configuration", secret().toJson()));
        Manifest harmless = sealed(pair, Scope.STRICT).withAnnotations(Map.of(
                "kubectl.kubernetes.io/last-applied-configuration", sealed(pair, Scope.STRICT).toJson()));

        assertThat(warnings(leaking)).singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("in clear text")
                        .doesNotContain(CANARY, base64(CANARY)));
        assertThat(warnings(harmless)).isEmpty();
    }

    private static Manifest renamed(Scope scope) {
        return changed(sealed(pair, scope), json -> json.withObjectProperty("metadata").put("name", "other"));
    }

    private static List<Finding> errors(Manifest sealed) {
        return check(sealed).stream().filter(finding -> finding.weight() == Weight.ERROR).toList();
    }

    private static List<Finding> warnings(Manifest sealed) {
        return check(sealed).stream().filter(finding -> finding.weight() == Weight.WARNING).toList();
    }

    private static List<Finding> check(Manifest sealed) {
        return check(sealed, pair);
    }

    private static List<Finding> check(Manifest sealed, KeyPair... known) {
        return new FileCheck(Stream.of(known).map(KeyPair::certificate).toList()).check(sealed);
    }
}
