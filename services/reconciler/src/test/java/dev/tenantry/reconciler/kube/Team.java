package dev.tenantry.reconciler.kube;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.TestAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace whose default service account may do everything, and a group of kinds of its own. */
final class Team {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final KubernetesClient client = ControlPlane.shared().client();
    final ObjectApi api = ObjectApi.of(client);
    final String namespace = ControlPlane.shared().newNamespace();
    final String group = namespace + ".example.org";
    final Account account = new Account(namespace, "default");
    final NamespacedName target = new NamespacedName(namespace, "apps");

    Team() {
        client.resource(new ClusterRoleBindingBuilder().withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("", "ServiceAccount", account.name(), namespace)
                .build()).create();
    }

    /** Make a service account that may do some things with one kind of the core group, and nothing else. */
    Account account(String name, String resource, String... verbs) {
        var account = TestAccount.create(client, namespace, name);
        for (String verb : verbs) {
            account.may(verb, "", resource);
        }
        return new Account(namespace, name);
    }

    /** Serve the kind Widget in the group's version v1; its objects may have any fields. */
    void defineWidgets(String scope) {
        create("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s}
                spec:
                  group: %1$s
                  scope: %2$s
                  names: {kind: Widget, plural: widgets}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(group, scope));
        eventually(() -> client.genericKubernetesResources(group + "/v1", "Widget").inAnyNamespace().list());
    }

    /** Stop serving the kind Widget, with all objects of it. */
    void undefineWidgets() {
        var definition = client.genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .withName("widgets." + group);
        definition.delete();
        definition.waitUntilCondition(gone -> gone == null, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    Manifest widget(String inNamespace, String name) {
        return Manifest.of(Manifest.skeleton(group + "/v1", "Widget", new NamespacedName(inNamespace, name)));
    }

    Manifest configMap(String name, String value) {
        return manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: %s}
                data: {value: "%s"}
                """.formatted(name, namespace, value));
    }

    static Manifest manifest(String yaml) {
        try {
            return Manifest.of((ObjectNode) new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    void create(String yaml) {
        client.resource(yaml).create();
    }

    static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    static void eventually(Runnable step) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            step.run();
            return true;
        });
    }
}
