package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.Markers;
import dev.tenantry.secretsservice.key.Fingerprint;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The Secrets that hold sealing keys in a cluster. */
final class KeySecrets implements AutoCloseable {

    private final KubernetesClient client;

    private KeySecrets(KubernetesClient client) {
        this.client = client;
    }

    /** Connect by a kubeconfig's current context, without one as kubectl does. */
    static KeySecrets connect(@Nullable Path kubeconfig) throws IOException {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw new IOException("There is no readable kubeconfig " + kubeconfig + ": name one that is");
        }
        Config config = kubeconfig == null
                ? Config.autoConfigure(null)
                : Config.fromKubeconfig(kubeconfig.toFile());
        return new KeySecrets(new KubernetesClientBuilder().withConfig(config).build());
    }

    private interface Call<T> {
        T make();
    }

    /** List those of a namespace, by name. */
    List<KeySecret> list(String namespace) throws IOException {
        return calling("list the Secrets of " + namespace, () -> client.secrets()
                .inNamespace(namespace)
                .withLabel(Markers.KEY_LABEL)
                .list()
                .getItems()
                .stream()
                .map(KeySecrets::manifest)
                .filter(KeySecret::holdsKey)
                .map(KeySecret::new)
                .sorted(Comparator.comparing(key -> key.object().name()))
                .toList());
    }

    /** Find the Secret of a name, whatever it holds. */
    Optional<KeySecret> find(String namespace, String name) throws IOException {
        return calling("read Secret " + namespace + "/" + name,
                () -> Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
                        .map(secret -> new KeySecret(manifest(secret))));
    }

    /** Create a Secret; one that is there already is an error. */
    void create(Manifest secret) throws IOException {
        writing("create Secret " + secret.ref().namespacedName(),
                () -> client.resource(secret.as(Secret.class)).create());
    }

    /** Make sure that there is a namespace; tells whether it had to be created. */
    boolean ensureNamespace(String name) throws IOException {
        return calling("create namespace " + name, () -> {
            if (client.namespaces().withName(name).get() != null) {
                return false;
            }
            client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
            return true;
        });
    }

    /** Note at a key's Secret that this key was exported, unless another Secret has taken its place since. */
    void noteExport(KeySecret key, Fingerprint fingerprint) throws IOException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", key.object().at("metadata", "uid").asText())
                .putObject("annotations")
                .put(Markers.EXPORTED, fingerprint.text());
        writing("note the export at Secret " + key.object().ref().namespacedName(), () -> client.secrets()
                .inNamespace(key.object().namespace())
                .withName(key.object().name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString()));
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T calling(String what, Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (KubernetesClientException e) {
            String why = e.getStatus() == null || e.getStatus().getMessage() == null
                    ? withoutAnswer(e)
                    : e.getStatus().getMessage();
            throw new IOException(failure(what, why), e);
        }
    }

    /** Call where the API server has a private key in its hands, which admission may quote in its message. */
    private <T> T writing(String what, Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (KubernetesClientException e) {
            throw new IOException(failure(what, e.getStatus() == null
                    ? withoutAnswer(e)
                    : "it is refused with " + e.getCode() + " " + e.getStatus().getReason()));
        }
    }

    private static String withoutAnswer(KubernetesClientException e) {
        return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    private String failure(String what, String why) {
        return "Could not " + what + " at " + client.getConfiguration().getMasterUrl() + ": " + why
                + ": check the kubeconfig, and what its user may do";
    }

    private static Manifest manifest(Secret secret) {
        // Items of a list come without them.
        secret.setApiVersion("v1");
        secret.setKind("Secret");
        return Manifest.from(secret);
    }
}
