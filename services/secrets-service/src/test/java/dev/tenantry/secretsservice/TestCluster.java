package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretCondition;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace of a test's own, and what is sealed and opened in it. */
final class TestCluster {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace = "team-" + UUID.randomUUID().toString().substring(0, 8);

    TestCluster(KubernetesClient client) {
        this.client = client;
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
    }

    String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    NamespacedName named(String name) {
        return new NamespacedName(namespace, name);
    }

    /** Wait for the cluster's key, and give its public half. */
    RSAPublicKey key() {
        await().atMost(PATIENCE).until(() -> !keys().isEmpty());
        try {
            return (RSAPublicKey) Pem
                    .certificate(Base64.getDecoder().decode(keys().get(0).getData().get("tls.crt")))
                    .getPublicKey();
        } catch (PemException e) {
            throw new AssertionError(e);
        }
    }

    List<Secret> keys() {
        return client.secrets()
                .inNamespace(RealServers.KEYS)
                .withLabel(Markers.KEY_LABEL, Markers.ACTIVE)
                .list()
                .getItems();
    }

    /** Make a Secret's manifest, which is sent nowhere. */
    Manifest plain(String name, Map<String, String> values) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", named(name));
        ObjectNode data = json.putObject("stringData");
        values.forEach(data::put);
        return Manifest.of(json);
    }

    /** Seal values for this namespace with the cluster's key. */
    Manifest sealed(String name, Map<String, String> values) {
        return new Sealer(key()).seal(plain(name, values), Scope.STRICT);
    }

    void apply(Manifest object) {
        client.resource(object.toJson()).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Seal and apply. */
    void seal(String name, Map<String, String> values) {
        apply(sealed(name, values));
    }

    void annotate(String name, String annotation, String value) {
        client.resources(SealedSecret.class).inNamespace(namespace).withName(name).edit(object -> {
            object.getMetadata().getAnnotations().put(annotation, value);
            return object;
        });
    }

    SealedSecret object(String name) {
        return client.resources(SealedSecret.class).inNamespace(namespace).withName(name).get();
    }

    void delete(String name) {
        client.resources(SealedSecret.class).inNamespace(namespace).withName(name).delete();
    }

    Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    /** Wait until the Secret has exactly these values, and give it. */
    Secret awaitSecret(String name, Map<String, String> values) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Secret secret = secret(name);
            assertThat(secret).as(() -> "the Secret of " + condition(name)).isNotNull();
            assertThat(decoded(secret)).isEqualTo(values);
        });
        return secret(name);
    }

    static Map<String, String> decoded(Secret secret) {
        return secret.getData()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey,
                        each -> new String(Base64.getDecoder().decode(each.getValue()), StandardCharsets.UTF_8)));
    }

    void awaitSynced(String name) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            SealedSecretCondition condition = condition(name);
            assertThat(condition).isNotNull();
            assertThat(condition.status()).as(condition.message()).isEqualTo(Condition.Status.TRUE);
            assertThat(object(name).getStatus().observedGeneration())
                    .isEqualTo(object(name).getMetadata().getGeneration());
        });
    }

    /** Wait for Synced=False of a reason, and give the condition. */
    SealedSecretCondition awaitFailure(String name, String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            SealedSecretCondition condition = condition(name);
            assertThat(condition).isNotNull();
            assertThat(condition.status()).as(condition.message()).isEqualTo(Condition.Status.FALSE);
            assertThat(condition.reason()).as(condition.message()).isEqualTo(reason);
        });
        return condition(name);
    }

    SealedSecretCondition condition(String name) {
        SealedSecret object = object(name);
        if (object == null || object.getStatus() == null || object.getStatus().conditions().isEmpty()) {
            return null;
        }
        return object.getStatus().conditions().get(0);
    }

    /** List the Kubernetes Events about a SealedSecret. */
    List<Event> events(String name) {
        return client.v1()
                .events()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(SealedSecret.KIND)
                        && event.getInvolvedObject().getName().equals(name))
                .toList();
    }
}
