package dev.tenantry.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretCondition;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretStatus;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

class SealedSecretIT {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final ControlPlane cluster = InstalledDefinitions.cluster();
    private final KubernetesClient client = cluster.client();
    private final String namespace = cluster.newNamespace();

    @Test
    void whatKubesealWroteIsKeptWhole() {
        // Given
        GenericKubernetesResource written = sealed(1);

        // When
        GenericKubernetesResource kept = client.resource(written).create();

        // Then
        assertThat(kept.<Object>get("spec")).isEqualTo(written.get("spec"));
    }

    @Test
    void statusIsWrittenApartFromTheSpec() {
        // Given
        GenericKubernetesResource written = sealed(2);
        SealedSecret object = client.resources(SealedSecret.class)
                .inNamespace(namespace)
                .withName(client.resource(written).create().getMetadata().getName())
                .get();
        SealedSecretStatus status = new SealedSecretStatus(1L, List.of(new SealedSecretCondition(
                SealedSecretCondition.SYNCED, Condition.Status.FALSE, NOON, NOON, "NoKey", "no key opens it")));

        // When
        object.setStatus(status);
        client.resource(object).updateStatus();

        // Then
        assertThat(client.resource(object).get())
                .returns(status, SealedSecret::getStatus)
                .returns(1L, live -> live.getMetadata().getGeneration());
        assertThat(client.resource(written).get().<Object>get("spec")).isEqualTo(written.get("spec"));
    }

    /** Write a file as kubeseal does, for a key of 4096 bits. */
    private GenericKubernetesResource sealed(int seed) {
        return Serialization.unmarshal("""
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata:
                  name: database-%d
                  namespace: %s
                  creationTimestamp: null
                  annotations: {sealedsecrets.bitnami.com/cluster-wide: "true"}
                spec:
                  encryptedData:
                    password: %s
                    tls.key: %s
                  template:
                    type: Opaque
                    immutable: true
                    data: {url: "postgres://shop:{{ .password | urlquery }}@database"}
                    metadata:
                      creationTimestamp: null
                      name: database
                      namespace: web
                      labels: {team: web}
                      annotations: {sealedsecrets.bitnami.com/cluster-wide: "true"}
                      ownerReferences:
                      - {apiVersion: v1, kind: ConfigMap, name: shop, uid: 5d0a1f0e-8f0b-4d61-b8c5-6f2f5d3f7c22}
                """.formatted(seed, namespace, ciphertext(seed, 24), ciphertext(seed, 3272)),
                GenericKubernetesResource.class);
    }

    private static String ciphertext(int seed, int length) {
        byte[] bytes = new byte[2 + 512 + length + 16];
        new Random(seed).nextBytes(bytes);
        bytes[0] = 2; // two bytes for the length of the session key: 512
        bytes[1] = 0;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
