package dev.tenantry.testkit.cluster;

import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** A server that runs, with the administrator's client and the namespaces given out so far. */
final class RunningControlPlane implements ControlPlane {

    private final Server server;
    private final KubernetesClient client;
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();

    RunningControlPlane(Server server) {
        this.server = server;
        this.client = connect(Config.fromKubeconfig(server.kubeconfig().toFile()));
    }

    @Override
    public Path kubeconfig() {
        return server.kubeconfig();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String newNamespace() {
        String name = "test-" + UUID.randomUUID().toString().substring(0, 13);
        client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
        namespaces.add(name);
        createDefaultServiceAccount(name);
        return name;
    }

    @Override
    public Path kubeconfigFor(String user, String... groups) {
        return server.kubeconfigFor(user, List.of(groups));
    }

    @Override
    public KubernetesClient clientFor(String user, String... groups) {
        return connect(server.configFor(user, List.of(groups)));
    }

    @Override
    public void close() {
        // A local server goes with all it has; one of somebody else must not keep what the tests made.
        if (server instanceof ExistingServer) {
            namespaces.forEach(name -> client.namespaces().withName(name).delete());
        }
        client.close();
        server.stop();
    }

    // The controllers make it within moments, but a test should not have to wait, nor fail where no controllers run.
    private void createDefaultServiceAccount(String namespace) {
        try {
            client.resource(new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName("default")
                    .withNamespace(namespace)
                    .endMetadata()
                    .build()).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static KubernetesClient connect(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
