package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretCondition;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(RealServers.class)
class UnsealIT {

    @Inject
    KubernetesClient client;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(client);
    }

    @Test
    void aSealedSecretBecomesASecretThatItOwns() {
        // When
        cluster.seal("db", Map.of("user", "alice", "password", "wonderland"));

        // Then
        Secret secret = cluster.awaitSecret("db", Map.of("user", "alice", "password", "wonderland"));
        cluster.awaitSynced("db");
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getMetadata().getOwnerReferences()).singleElement()
                .returns("SealedSecret", OwnerReference::getKind)
                .returns("bitnami.com/v1alpha1", OwnerReference::getApiVersion)
                .returns(cluster.object("db").getMetadata().getUid(), OwnerReference::getUid)
                .returns(true, OwnerReference::getController);
        SealedSecretCondition condition = cluster.condition("db");
        assertThat(condition.type()).isEqualTo("Synced");
        assertThat(condition.reason()).isEqualTo("Unsealed");
        assertThat(condition.lastUpdateTime()).isNotNull();
    }

    @Test
    void aChangeOfTheSealedSecretChangesTheSecret() {
        // Given
        cluster.seal("db", Map.of("old", "1", "kept", "2"));
        cluster.awaitSecret("db", Map.of("old", "1", "kept", "2"));

        // When
        cluster.apply(cluster.sealed("db", Map.of("kept", "2", "new", "3")).with(json -> {
            json.withObjectProperty("metadata")
                    .put("resourceVersion", cluster.object("db")
                            .getMetadata()
                            .getResourceVersion());
            return json;
        }));

        // Then
        cluster.awaitSecret("db", Map.of("kept", "2", "new", "3"));
        await().untilAsserted(() -> assertThat(cluster.object("db").getStatus().observedGeneration()).isEqualTo(2));
    }

    @Test
    void whatIsDeletedOrChangedPastItIsRestored() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        cluster.awaitSynced("db");

        // When
        client.secrets().inNamespace(cluster.namespace()).withName("db").edit(secret -> {
            secret.getData().put("password", "Y2hhbmdlZA==");
            secret.getData().put("added", "Y2hhbmdlZA==");
            return secret;
        });

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        client.secrets().inNamespace(cluster.namespace()).withName("db").delete();

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        await().untilAsserted(() -> assertThat(cluster.events("db")).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("Unsealed");
            assertThat(event.getMessage()).contains("restored");
        }));
    }

    @Test
    void labelsThatOthersAddStay() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        client.secrets().inNamespace(cluster.namespace()).withName("db").edit(secret -> {
            secret.getMetadata().setLabels(Map.of("reflected", "yes"));
            secret.getData().put("added", "Y2hhbmdlZA==");
            return secret;
        });

        // Then
        Secret secret = cluster.awaitSecret("db", Map.of("password", "wonderland"));
        assertThat(secret.getMetadata().getLabels()).containsEntry("reflected", "yes");
    }

    @Test
    void theTemplateShapesTheSecret() {
        // Given
        Manifest sealed = cluster.sealed("db", Map.of("password", "wonderland")).with(json -> {
            var template = json.withObjectProperty("spec").withObjectProperty("template");
            template.put("type", "example.com/login").put("immutable", true);
            template.withObjectProperty("metadata").withObjectProperty("labels").put("app", "db");
            template.withObjectProperty("metadata").withObjectProperty("annotations").put("note", "of the template");
            template.putObject("data").put("url", "postgres://alice:{{ .password | upper }}@db");
            return json;
        });

        // When
        cluster.apply(sealed);

        // Then
        Secret secret = cluster.awaitSecret("db",
                Map.of("password", "wonderland", "url", "postgres://alice:WONDERLAND@db"));
        assertThat(secret.getType()).isEqualTo("example.com/login");
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getMetadata().getLabels()).containsEntry("app", "db");
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("note", "of the template");
    }

    @Test
    void aScopeAnnotationThatIsAddedLaterIsHeeded() {
        // Given
        Manifest sealed = new Sealer(cluster.key()).seal(cluster.plain("db", Map.of("password", "wonderland")),
                Scope.NAMESPACE_WIDE);
        cluster.apply(sealed.with(json -> {
            json.withObjectProperty("metadata").remove("annotations");
            return json;
        }));
        assertThat(cluster.awaitFailure("db", "NoMatchingKey").message()).contains("namespace-wide");

        // When
        cluster.annotate("db", SealedSecretAnnotations.NAMESPACE_WIDE, "true");

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        cluster.awaitSynced("db");
    }

    @Test
    void theSecretGoesWithItsSealedSecret() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        cluster.delete("db");

        // Then
        // The garbage collector learns of a new kind within 30 s.
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(cluster.secret("db")).isNull());
    }
}
