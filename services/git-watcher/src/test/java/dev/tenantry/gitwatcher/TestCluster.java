package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.notification.Receiver;
import dev.tenantry.kubernetes.source.GitRepository;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace of a test's own, and what is made and seen in it. */
final class TestCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace = "team-" + UUID.randomUUID().toString().substring(0, 8);

    TestCluster(KubernetesClient client) {
        this.client = client;
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
    }

    String namespace() {
        return namespace;
    }

    /** Make an object of its spec, as YAML whose lines are indented by two spaces. */
    void source(String name, String spec) {
        client.resource("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata:
                  name: %s
                  namespace: %s
                spec:
                %s""".formatted(name, namespace, spec.indent(2))).create();
    }

    void receiver(String name, String spec) {
        client.resource("""
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata:
                  name: %s
                  namespace: %s
                spec:
                %s""".formatted(name, namespace, spec.indent(2))).create();
    }

    void secret(String name, Map<String, String> entries) {
        Map<String, String> encoded = entries.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey,
                        entry -> Base64.getEncoder()
                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8))));
        client.resource(new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(encoded)
                .build()).create();
    }

    GitRepository object(String name) {
        return client.resources(GitRepository.class).inNamespace(namespace).withName(name).get();
    }

    void edit(String name, UnaryOperator<GitRepository> change) {
        client.resources(GitRepository.class).inNamespace(namespace).withName(name).edit(change);
    }

    void delete(String name) {
        client.resources(GitRepository.class).inNamespace(namespace).withName(name).delete();
    }

    GitRepositoryStatus awaitReady(String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready(name)).hasValueSatisfying(
                        ready -> assertThat(ready.isTrue()).as(ready.message()).isTrue()));
        return object(name).getStatus();
    }

    GitRepositoryStatus awaitRevision(String name, String revision) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
            var artifact = object(name).getStatus().artifact();
            assertThat(artifact).isNotNull();
            assertThat(artifact.revision()).isEqualTo(revision);
        });
        return object(name).getStatus();
    }

    /** Wait for Ready=False of a reason, and give the condition. */
    Condition awaitFailure(String name, String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ready(name)).hasValueSatisfying(ready -> {
            assertThat(ready.isFalse()).as(ready.message()).isTrue();
            assertThat(ready.reason()).isEqualTo(reason);
        }));
        return condition(name, ConditionType.READY);
    }

    Condition condition(String name, String type) {
        return new Conditions(object(name).getStatus().conditions()).find(type)
                .orElseThrow(() -> new AssertionError("No condition " + type));
    }

    private Optional<Condition> ready(String name) {
        return new Conditions(object(name).getStatus().conditions()).find(ConditionType.READY);
    }

    String awaitWebhookPath(String name) {
        await().atMost(PATIENCE).until(() -> hook(name).getStatus().webhookPath() != null);
        return hook(name).getStatus().webhookPath();
    }

    Receiver hook(String name) {
        return client.resources(Receiver.class).inNamespace(namespace).withName(name).get();
    }
}
