package dev.tenantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * A namespace in which SealedSecrets are opened.
 *
 * @param client an administrator's client
 * @param namespace the namespace
 */
public record SealedNamespace(KubernetesClient client, String namespace) {

    private static final String API_VERSION = "bitnami.com/v1alpha1";
    private static final String KIND = "SealedSecret";

    /** Make the manifest of a Secret to be sealed, which is sent nowhere. */
    public Manifest plain(String name, Map<String, String> values) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", new NamespacedName(namespace, name));
        ObjectNode data = json.putObject("stringData");
        new TreeMap<>(values).forEach(data::put);
        return Manifest.of(json);
    }

    /** Apply an object as a person does. */
    public void apply(Manifest object) {
        client.resource(object.toJson()).fieldManager("kubectl").forceConflicts().serverSideApply();
    }

    /** Read a SealedSecret; it fails where there is none. */
    public Manifest read(String name) {
        return Manifest.from(sealed(name).require());
    }

    /** Read a Secret; it fails where there is none. */
    public Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).require();
    }

    /** Give the values of a Secret. */
    public Map<String, String> values(String name) {
        Map<String, String> values = new TreeMap<>();
        secret(name).getData()
                .forEach((key, value) -> values.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
        return values;
    }

    /** Wait until a SealedSecret's status says that its Secret is as it says now. */
    public void awaitSynced(String name) {
        Team.soon(() -> assertSays(name, "True", ""));
    }

    /** Wait until a SealedSecret's status says that what it says now has failed, and why. */
    public void awaitFailed(String name, String reason) {
        Team.soon(() -> assertSays(name, "False", reason));
    }

    private void assertSays(String name, String status, String reason) {
        Manifest object = read(name);
        var condition = object.at("status", "conditions").path(0);
        assertThat(condition.path("status").asText()).as("%s: %s", name, condition).isEqualTo(status);
        assertThat(condition.path("reason").asText()).as("%s: %s", name, condition).startsWith(reason);
        assertThat(object.at("status", "observedGeneration").asLong()).as("observed of " + name)
                .isEqualTo(object.at("metadata", "generation").asLong());
    }

    private Resource<GenericKubernetesResource> sealed(String name) {
        return client.genericKubernetesResources(API_VERSION, KIND).inNamespace(namespace).withName(name);
    }
}
