package dev.tenantry.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.TestAccount;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** A namespace with a source {@code apps}, a Kustomization {@code web} of it, and people with some rights. */
final class Team {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data:
              color: %s
              url: https://me:${PASSWORD}@example.org/%s
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: credentials}
            stringData: {token: %s}
            """;

    private final KubernetesClient client = ControlPlane.shared().client();
    private final String namespace = ControlPlane.shared().newNamespace();
    private final TestRepository repository = RealServers.git().repository("git-watcher/git/" + namespace + "/apps");

    String namespace() {
        return namespace;
    }

    /** Make the Kustomization, and wait until it is ready. */
    void deploy() {
        let("default", "*", "*", "*");
        create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: variables, namespace: %s}
                stringData: {PASSWORD: hunter2}
                """);
        create("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: apps, namespace: %s}
                spec: {interval: 1h, url: "https://example.org/apps.git"}
                """);
        commit("blue", "first");
        create("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web, namespace: %1$s}
                spec:
                  interval: 1h
                  path: ./web
                  prune: true
                  targetNamespace: %1$s
                  sourceRef: {kind: GitRepository, name: apps}
                  postBuild:
                    substituteFrom: [{kind: Secret, name: variables}]
                """);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(readiness()).isEqualTo("True"));
    }

    /** Commit files with these values, let the source say so, and give the revision. */
    String commit(String color, String token) {
        String commit = repository.file("web/objects.yaml", FILES.formatted(color, color, token)).commit("Set values");
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("status")
                .putObject("artifact")
                .put("revision", "main@sha1:" + commit)
                .put("digest", "sha256:" + "0".repeat(64))
                .put("path", "apps.tar.gz")
                .put("url", "http://localhost/apps.tar.gz")
                .put("lastUpdateTime", "2026-01-01T00:00:00Z");
        object("source.toolkit.fluxcd.io/v1", "GitRepository", "apps").subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
        return "main@sha1:" + commit;
    }

    /** Let nothing be applied any more. */
    void suspend() {
        web().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": true}}");
    }

    private String readiness() {
        for (JsonNode condition : JSON.<JsonNode>valueToTree(web().get()).at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                String status = condition.path("status").asText();
                return status.equals("True") ? status : status + ": " + condition.path("message").asText();
            }
        }
        return "nothing yet";
    }

    private Resource<GenericKubernetesResource> web() {
        return object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "web");
    }

    /** Make a service account without any right, and give a token of it. */
    String person(String name) {
        return TestAccount.create(client, namespace, name).token();
    }

    /** Give a service account a right in the namespace. */
    void let(String account, String verb, String group, String resource) {
        new TestAccount(client, namespace, account).may(verb, group, resource);
    }

    private void create(String yaml) {
        client.resource(yaml.formatted(namespace)).create();
    }

    private Resource<GenericKubernetesResource> object(String apiVersion, String kind, String name) {
        return client.genericKubernetesResources(apiVersion, kind).inNamespace(namespace).withName(name);
    }
}
