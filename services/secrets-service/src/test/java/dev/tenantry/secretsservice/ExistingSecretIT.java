package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.secretsservice.sealing.SealedContent;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(RealServers.class)
class ExistingSecretIT {

    @Inject
    KubernetesClient client;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(client);
    }

    @Test
    void somebodyElsesSecretStaysUntilItGoes() {
        // Given
        existing(Map.of());

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        assertThat(cluster.awaitFailure("db", "NotManaged").message())
                .contains("already exists and is not managed by SealedSecret");
        assertThat(TestCluster.decoded(cluster.secret("db"))).isEqualTo(Map.of("kept", "by others"));
        await().untilAsserted(() -> assertThat(cluster.events("db")).anySatisfy(event -> assertThat(event.getReason())
                .isEqualTo("ErrUpdateFailed")));

        // When
        client.secrets().inNamespace(cluster.namespace()).withName("db").delete();

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        cluster.awaitSynced("db");
    }

    @Test
    void oneThatIsAnnotatedAsManagedIsReplacedAndOwned() {
        // Given
        existing(Map.of(SealedSecretAnnotations.MANAGED, "true"));

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        Secret secret = cluster.awaitSecret("db", Map.of("password", "wonderland"));
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void oneThatIsAnnotatedToBePatchedIsAddedToAndNotOwned() {
        // Given
        existing(Map.of(SealedSecretAnnotations.PATCH, "true"));

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        Secret secret = cluster.awaitSecret("db", Map.of("password", "wonderland", "kept", "by others"));
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        cluster.awaitSynced("db");
    }

    @Test
    void oneWithBothAnnotationsIsAddedToAndOwned() {
        // Given
        existing(Map.of(SealedSecretAnnotations.PATCH, "true", SealedSecretAnnotations.MANAGED, "true"));

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        Secret secret = cluster.awaitSecret("db", Map.of("password", "wonderland", "kept", "by others"));
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void anImmutableOneStaysAndTheConditionSaysWhatToDo() {
        // Given
        cluster.apply(cluster.sealed("db", Map.of("password", "wonderland")).with(json -> {
            json.withObjectProperty("spec").withObjectProperty("template").put("immutable", true);
            return json;
        }));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        cluster.apply(cluster.sealed("db", Map.of("password", "changed")).with(json -> {
            json.withObjectProperty("spec").withObjectProperty("template").put("immutable", true);
            return json;
        }));

        // Then
        assertThat(cluster.awaitFailure("db", "Immutable").message()).contains("delete it");
        assertThat(TestCluster.decoded(cluster.secret("db"))).isEqualTo(Map.of("password", "wonderland"));

        // When
        client.secrets().inNamespace(cluster.namespace()).withName("db").delete();

        // Then
        cluster.awaitSecret("db", Map.of("password", "changed"));
    }

    @Test
    void oneOfAnEarlierSealedSecretOfTheNameIsTakenOver() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        Secret before = cluster.awaitSecret("db", Map.of("password", "wonderland"));
        client.resource(new SecretBuilder(before).editMetadata()
                .withName("restored")
                .withResourceVersion(null)
                .withUid(null)
                .editFirstOwnerReference()
                .withName("restored")
                .withUid("uid-before-the-restore")
                .endOwnerReference()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Namespace")
                .withName(cluster.namespace())
                .withUid("uid-of-a-bystander")
                .endOwnerReference()
                .endMetadata()
                .build()).create();

        // When
        cluster.seal("restored", Map.of("password", "changed"));

        // Then
        Secret secret = cluster.awaitSecret("restored", Map.of("password", "changed"));
        assertThat(secret.getMetadata().getOwnerReferences()).extracting(OwnerReference::getUid)
                .containsExactlyInAnyOrder("uid-of-a-bystander", cluster.object("restored").getMetadata().getUid());
    }

    @Test
    void oneThatIsToOutliveItsSealedSecretLosesItsOwnerAndIsKnownAgain() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        outliving(Map.of("password", "wonderland"));

        // Then
        await().untilAsserted(
                () -> assertThat(cluster.secret("db").getMetadata().getOwnerReferences()).isEmpty());
        cluster.awaitSynced("db");
        assertThat(isAsWritten("db")).isTrue();

        // When
        outliving(Map.of("password", "changed"));

        // Then
        cluster.awaitSecret("db", Map.of("password", "changed"));
        cluster.awaitSynced("db");
    }

    @Test
    void whatASealedSecretSaysNoMoreLeavesTheSecretThatItAddsTo() {
        // Given
        existing(Map.of(SealedSecretAnnotations.PATCH, "true"));
        cluster.seal("db", Map.of("password", "wonderland", "gone", "soon"));
        cluster.awaitSecret("db", Map.of("password", "wonderland", "gone", "soon", "kept", "by others"));

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland", "kept", "by others"));
        cluster.awaitSynced("db");
        assertThat(isAsWritten("db")).isTrue();
    }

    @Test
    void finalizersComeAndGo() {
        // Given
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));

        // When
        cluster.apply(held(cluster.sealed("db", Map.of("password", "wonderland")), "example.com/held"));

        // Then
        await().untilAsserted(() -> assertThat(cluster.secret("db").getMetadata().getFinalizers())
                .containsExactly("example.com/held"));
        cluster.awaitSynced("db");
        assertThat(LiveSecret.of(metadata("db")).ours()).contains("finalizers/example.com/held");

        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        await().untilAsserted(() -> assertThat(cluster.secret("db").getMetadata().getFinalizers()).isEmpty());
    }

    private void outliving(Map<String, String> values) {
        cluster.apply(cluster.sealed("db", values).with(json -> {
            json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, "true");
            return json;
        }));
    }

    private static Manifest held(Manifest sealed, String finalizer) {
        return sealed.with(json -> {
            json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .putArray("finalizers")
                    .add(finalizer);
            return json;
        });
    }

    private boolean isAsWritten(String name) {
        return LiveSecret.of(metadata(name))
                .isAsWritten(SecretParts.expected(SealedContent.of(Manifest.from(cluster.object(name)))));
    }

    private ObjectMetadata metadata(String name) {
        return ObjectMetadata.of(Manifest.from(cluster.secret(name)).json());
    }

    private void existing(Map<String, String> annotations) {
        client.resource(new SecretBuilder().withNewMetadata()
                .withName("db")
                .withNamespace(cluster.namespace())
                .withAnnotations(annotations)
                .endMetadata()
                .addToStringData("kept", "by others")
                .build()).create();
    }
}
