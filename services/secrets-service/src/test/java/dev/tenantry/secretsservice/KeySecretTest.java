package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;

class KeySecretTest {

    private static KeyPair pair;

    @BeforeAll
    static void aKey() {
        pair = TestKeys.pair(1);
    }

    @Test
    void aNewOneIsLabelledAndNamedAsTheOriginalsAre() {
        // When
        ObjectNode secret = KeySecret.create(pair, "tenantry-system", "sealed-secrets-key", Set.of());

        // Then
        assertThat(secret.path("type").asText()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.path("metadata").toString()).isEqualTo("""
                {"generateName":"sealed-secrets-key","namespace":"tenantry-system",\
                "labels":{"sealedsecrets.bitnami.com/sealed-secrets-key":"active"}}""");
        assertThat(secret.path("data").properties()).extracting(Map.Entry::getKey)
                .containsExactly("tls.crt", "tls.key");
    }

    @Test
    void whatWasMadeIsReadBack() throws PemException {
        // When
        SealingKey key = secret(Set.of("team-b", "team-a")).key();

        // Then
        assertThat(key.fingerprint()).isEqualTo(pair.fingerprint());
        assertThat(key.pair()).isEqualTo(pair);
        assertThat(key.orderedAt()).isEqualTo(pair.certificate().getNotBefore().toInstant());
        assertThat(key.namespaces()).containsExactlyInAnyOrder("team-a", "team-b");
    }

    @Test
    void namespacesMayHaveSpaceAround() throws PemException {
        // Given
        Manifest object = secret(Set.of()).object().withAnnotations(Map.of(Markers.NAMESPACES, " team-a, team-b ,"));

        // When
        SealingKey key = new KeySecret(object).key();

        // Then
        assertThat(key.namespaces()).containsExactlyInAnyOrder("team-a", "team-b");
    }

    @Test
    void aLimitThatNamesNobodyIsNoKeyForAll() {
        // Given
        KeySecret secret = new KeySecret(secret(Set.of()).object().withAnnotations(Map.of(Markers.NAMESPACES, " , ")));

        // When / Then
        assertThatThrownBy(secret::key).isInstanceOf(PemException.class).hasMessageContaining("names no namespace");
    }

    @Test
    void onlyTheNoteOfThisVeryKeyCountsAsExported() {
        // Given
        Manifest object = secret(Set.of()).object();
        KeySecret ofThis = new KeySecret(object.withAnnotations(Map.of(Markers.EXPORTED, pair.fingerprint().text())));
        KeySecret ofAnother = new KeySecret(object.withAnnotations(Map.of(Markers.EXPORTED, "SHA256:another")));

        // Then
        assertThat(ofThis.isExported(pair.fingerprint())).isTrue();
        assertThat(ofAnother.isExported(pair.fingerprint())).isFalse();
        assertThat(new KeySecret(object).isExported(pair.fingerprint())).isFalse();
    }

    @Test
    void aKeyOfAnotherCertificateIsNone() {
        // Given
        ObjectNode another = KeySecret.create(TestKeys.pair(2), "tenantry-system", "key", Set.of());
        Manifest mixed = changed(secret(Set.of()).object(),
                json -> json.withObjectProperty("data").set("tls.crt", another.at("/data/tls.crt")));

        // Then
        assertThatThrownBy(() -> new KeySecret(mixed).key()).isInstanceOf(PemException.class)
                .hasMessage("the private key is not that of the certificate");
    }

    @Test
    void whatIsNoBase64IsNoKey() {
        // Given
        Manifest damaged = changed(secret(Set.of()).object(),
                json -> json.withObjectProperty("data").put("tls.key", "A"));

        // Then
        assertThatThrownBy(() -> new KeySecret(damaged).key()).isInstanceOf(PemException.class);
    }

    @Test
    void aBackupHasWhatOpensAndNothingThatAServerAdds() {
        // Given
        Manifest object = changed(secret(Set.of("team-a")).object(), json -> {
            ObjectNode metadata = json.withObjectProperty("metadata").put("uid", "uid").put("resourceVersion", "3");
            metadata.withObjectProperty("annotations").put(Markers.EXPORTED, pair.fingerprint().text());
        });

        // When
        Manifest backup = new KeySecret(object).forBackup();

        // Then
        assertThat(backup.at("metadata").properties()).extracting(Map.Entry::getKey)
                .containsExactly("name", "namespace", "labels", "annotations");
        assertThat(backup.annotations()).containsOnlyKeys(Markers.NAMESPACES);
        assertThat(new KeySecret(backup).holdsSameAs(new KeySecret(object))).isTrue();
        assertThat(new KeySecret(backup).isActive()).isTrue();
    }

    private static KeySecret secret(Set<String> namespaces) {
        ObjectNode json = KeySecret.create(pair, "tenantry-system", "sealed-secrets-key", namespaces);
        json.withObjectProperty("metadata").put("name", "sealed-secrets-key-1");
        return new KeySecret(Manifest.of(json));
    }
}
