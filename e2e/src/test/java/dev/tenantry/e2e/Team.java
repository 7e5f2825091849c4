package dev.tenantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.awaitility.core.ThrowingRunnable;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.testkit.cluster.TestAccount;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * A team's namespace: what the team puts there, and what it sees there.
 *
 * @param client an administrator's client
 * @param namespace the namespace
 */
record Team(KubernetesClient client, String namespace) implements AutoCloseable {

    /** How long what takes a moment on an idle machine may take on a busy one. */
    static final Duration SOON = Duration.ofSeconds(60);

    private static final String OWNER = "kustomize.toolkit.fluxcd.io/name";

    /** What a status says by one of its conditions. */
    record Word(String status, String reason, String message) {

        static final Word NONE = new Word("", "", "");

        boolean isTrue() {
            return status.equals("True");
        }

        boolean isFalse() {
            return status.equals("False");
        }
    }

    /** Apply objects of the namespace, as {@code kubectl apply --server-side -n} does. */
    void apply(String yaml) {
        apply(yaml, "kubectl");
    }

    /** Apply fields of objects as one of several who do. */
    void apply(String yaml, String manager) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .resources()
                .forEach(each -> each.fieldManager(manager).forceConflicts().serverSideApply());
    }

    /** Make a GitRepository that looks at its remote only when told to. */
    void follow(String name, TestRepository repository) {
        apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata:
                  name: %s
                spec:
                  url: %s
                  interval: 1h
                  ref:
                    branch: main
                """.formatted(name, repository.url()));
    }

    /** Make a pruning Kustomization of a folder of a GitRepository of this namespace. */
    void deliver(String name, String source, String path) {
        deliver(name, source, path, "");
    }

    /** Make a pruning Kustomization with further fields of its spec, as lines of YAML. */
    void deliver(String name, String source, String path, String fields) {
        apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: %s
                spec:
                  sourceRef:
                    kind: GitRepository
                    name: %s
                  path: %s
                  targetNamespace: %s
                  interval: 1h
                  retryInterval: 5s
                  prune: true
                %s""".formatted(name, source, path, namespace, fields.indent(2)));
    }

    /** Ask for a look now, as {@code flux reconcile} does. */
    void request(String kind, String name) {
        apply("""
                apiVersion: %s
                kind: %s
                metadata:
                  name: %s
                  annotations:
                    reconcile.fluxcd.io/requestedAt: "%d"
                """.formatted(apiVersion(kind), kind, name, System.nanoTime()), "flux");
    }

    /** Let an account do what a role says, in this namespace only. */
    void bind(String account, String roleKind, String role) {
        client.resource(new RoleBindingBuilder().withNewMetadata()
                .withName(account + "-" + role)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", roleKind, role)
                .addNewSubject("", "ServiceAccount", account, namespace)
                .build()).create();
    }

    /** Let an account see all of Tenantry's kinds in this namespace. */
    void viewAll(String account) {
        apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: viewer
                rules:
                  - apiGroups: ["*"]
                    resources: ["*"]
                    verbs: [get, list, watch]
                """);
        bind(account, "Role", "viewer");
    }

    /** Issue a token of a service account. */
    String token(String account) {
        return new TestAccount(client, namespace, account).token();
    }

    /** Read an object; it fails where there is none. */
    Manifest read(String kind, String name) {
        return Manifest.from(object(kind, name).require());
    }

    /** List all objects of a kind here. */
    List<GenericKubernetesResource> all(String kind) {
        return client.genericKubernetesResources(apiVersion(kind), kind).inNamespace(namespace).list().getItems();
    }

    /** Give what the object's status says by a condition now. */
    Word condition(String kind, String name, String type) {
        return condition(read(kind, name), type);
    }

    Word ready(String kind, String name) {
        return condition(kind, name, "Ready");
    }

    static Word ready(GenericKubernetesResource object) {
        return condition(Manifest.from(object), "Ready");
    }

    private static Word condition(Manifest object, String type) {
        return StreamSupport.stream(object.at("status", "conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .map(condition -> new Word(condition.path("status").asText(), condition.path("reason").asText(),
                        condition.path("message").asText()))
                .orElse(Word.NONE);
    }

    /** Wait until a Kustomization is ready at a commit of branch main. */
    void awaitApplied(String name, String commit) {
        soon(() -> {
            assertThat(ready("Kustomization", name)).matches(Word::isTrue, "is Ready");
            assertThat(appliedRevision(name)).isEqualTo("main@sha1:" + commit);
        });
    }

    String appliedRevision(String kustomization) {
        return read("Kustomization", kustomization).at("status", "lastAppliedRevision").asText();
    }

    String fetchedRevision(String source) {
        return read("GitRepository", source).at("status", "artifact", "revision").asText();
    }

    /** Give the data of all ConfigMaps that a Kustomization made here, by name. */
    Map<String, Map<String, String>> configMaps() {
        return client.configMaps()
                .inNamespace(namespace)
                .withLabel(OWNER)
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), each -> each.getData(),
                        (one, two) -> one,
                        TreeMap::new));
    }

    /** Give the inventory of a Kustomization. */
    List<String> inventory(String kustomization) {
        return StreamSupport
                .stream(read("Kustomization", kustomization).at("status", "inventory", "entries").spliterator(), false)
                .map(entry -> entry.path("id").asText())
                .sorted()
                .toList();
    }

    /** Delete an object of a Flux kind without waiting. */
    void delete(String kind, String name) {
        object(kind, name).delete();
    }

    /**
     * Take all Kustomizations and sources away, so that the next story's installation starts with none.
     *
     * <p>Their objects stay in the namespace, which no other story uses: not every account here may delete them.
     */
    @Override
    public void close() {
        all("Kustomization").forEach(each -> apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: %s
                spec:
                  prune: false
                """.formatted(each.getMetadata().getName()), "e2e"));
        for (String kind : List.of("Kustomization", "Receiver", "GitRepository")) {
            var all = client.genericKubernetesResources(apiVersion(kind), kind).inNamespace(namespace);
            all.delete();
            soon(() -> assertThat(all.list().getItems()).extracting(each -> each.getMetadata().getName()).isEmpty());
        }
    }

    static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).ignoreExceptions().untilAsserted(assertion);
    }

    private Resource<GenericKubernetesResource> object(String kind, String name) {
        return client.genericKubernetesResources(apiVersion(kind), kind).inNamespace(namespace).withName(name);
    }

    private static String apiVersion(String kind) {
        return switch (kind) {
            case "GitRepository" -> "source.toolkit.fluxcd.io/v1";
            case "Kustomization" -> "kustomize.toolkit.fluxcd.io/v1";
            case "Receiver" -> "notification.toolkit.fluxcd.io/v1";
            default -> throw new IllegalArgumentException(kind + " is no kind of Tenantry's");
        };
    }
}
