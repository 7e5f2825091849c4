package dev.tenantry.kubernetes.sealedsecret;

import static dev.tenantry.kubernetes.YamlManifest.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.meta.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;

class SealedSecretTest {

    @Test
    void readsWhatKubesealWrites() {
        // When
        SealedSecretSpec spec = spec("""
                encryptedData:
                  password: AgBteQ==
                  user: AgBvdA==
                template:
                  type: kubernetes.io/basic-auth
                  immutable: true
                  metadata:
                    creationTimestamp: null
                    name: database
                    namespace: web
                    labels: {team: web}
                    annotations: {sealedsecrets.bitnami.com/cluster-wide: "true"}
                    finalizers: [example.org/keep]
                  data: {url: "{{ .user }}@database"}
                """);

        // Then
        assertThat(spec).isEqualTo(new SealedSecretSpec(
                Map.of("password", "AgBteQ==", "user", "AgBvdA=="),
                null,
                new SecretTemplate(
                        new SecretTemplateMetadata(Map.of("team", "web"),
                                Map.of(SealedSecretAnnotations.CLUSTER_WIDE, "true"), List.of("example.org/keep"),
                                "database", "web"),
                        "kubernetes.io/basic-auth", true, Map.of("url", "{{ .user }}@database"))));
    }

    @Test
    void readsTheSingleBlobOfOldFiles() {
        assertThat(spec("data: AgBteQ=="))
                .isEqualTo(new SealedSecretSpec(Map.of(), "AgBteQ==", SecretTemplate.empty()));
    }

    @Test
    void nullIsTheSameAsNothingSaid() {
        assertThat(spec("""
                encryptedData: null
                template: {metadata: null, data: null, type: null, immutable: null}
                """)).isEqualTo(new SealedSecretSpec(Map.of(), null, SecretTemplate.empty()));
        assertThat(spec("{encryptedData: {}, template: null}").template()).isEqualTo(SecretTemplate.empty());
    }

    @Test
    void anItemThatIsNoTextIsEmptyAndLeavesTheOthersAsTheyAre() {
        assertThat(spec("encryptedData: {list: [1, 2], nothing: null, number: 1, object: {a: b}, text: AgBteQ==}")
                .encryptedData())
                .isEqualTo(Map.of("list", "", "nothing", "", "number", "", "object", "", "text", "AgBteQ=="));
        assertThat(spec("encryptedData: [AgBteQ==]").encryptedData()).isEmpty();
    }

    @Test
    void noItemsAreWrittenAsNoItemsSinceTheFieldIsRequired() {
        // Given
        SealedSecretSpec spec = new SealedSecretSpec(Map.of(), null, SecretTemplate.empty());

        // When
        JsonNode written = Serialization.jsonMapper().valueToTree(spec);

        // Then
        assertThat(written.path("encryptedData").isObject()).isTrue();
        assertThat(written.has("data")).isFalse();
    }

    @Test
    void neitherCiphertextNorTemplatesArePrinted() {
        // Given
        SealedSecret object = object("""
                encryptedData: {password: canary}
                data: canary
                template:
                  data: {url: canary}
                  metadata: {annotations: {last-applied: canary}}
                """);

        // Then
        assertThat(object.toString()).contains("password", "url", "last-applied").doesNotContain("canary");
    }

    @Test
    void readsTheConditionsOfTheOriginalWhateverTheySay() {
        // When
        SealedSecretStatus status = Serialization.unmarshal("""
                observedGeneration: 2
                conditions:
                - {type: Synced, status: "False", reason: Unsealed, message: no key,
                   lastUpdateTime: "2026-01-02T13:00:00+01:00", lastTransitionTime: null}
                - {type: Synced, status: Perhaps}
                """, SealedSecretStatus.class);

        // Then
        assertThat(status).isEqualTo(new SealedSecretStatus(2L, List.of(
                new SealedSecretCondition(SealedSecretCondition.SYNCED, Condition.Status.FALSE,
                        Instant.parse("2026-01-02T12:00:00Z"), null, "Unsealed", "no key"),
                new SealedSecretCondition(SealedSecretCondition.SYNCED, Condition.Status.UNKNOWN, null, null, null,
                        null))));
    }

    @Test
    void anObjectWithoutStatusHasAnEmptyOne() {
        assertThat(object("encryptedData: {}").getStatus()).isEqualTo(SealedSecretStatus.empty());
    }

    private static SealedSecretSpec spec(String fields) {
        return object(fields).getSpec();
    }

    private static SealedSecret object(String spec) {
        return yaml("""
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: database, namespace: web}
                spec:
                """ + spec.indent(2)).as(SealedSecret.class);
    }
}
