package dev.tenantry.testkit.cluster;

import java.nio.file.Path;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The control plane of this JVM's tests: whoever closes it leaves it to the others. */
record SharedControlPlane(ControlPlane running) implements ControlPlane {

    /** Start it at the first use; the JVM's end stops it. */
    static ControlPlane instance() {
        return Holder.INSTANCE;
    }

    private static ControlPlane start() {
        ControlPlane running = new RunningControlPlane(server(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-control-plane"));
        return new SharedControlPlane(running);
    }

    private static Server server(Map<String, String> environment) {
        String kubeconfig = environment.getOrDefault("TENANTRY_TEST_KUBECONFIG", "");
        if (!kubeconfig.isBlank()) {
            return new ExistingServer(Path.of(kubeconfig));
        }
        return environment.getOrDefault("TENANTRY_TEST_CLUSTER", "").equals("k3s") ? k3s() : LocalServer.start();
    }

    private static Server k3s() {
        try {
            return K3sServer.start();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "k3s needs org.testcontainers:testcontainers-k3s among the module's test dependencies", e);
        }
    }

    @Override
    public Path kubeconfig() {
        return running.kubeconfig();
    }

    @Override
    public KubernetesClient client() {
        return running.client();
    }

    @Override
    public String newNamespace() {
        return running.newNamespace();
    }

    @Override
    public Path kubeconfigFor(String user, String... groups) {
        return running.kubeconfigFor(user, groups);
    }

    @Override
    public KubernetesClient clientFor(String user, String... groups) {
        return running.clientFor(user, groups);
    }

    @Override
    public void close() {
        // Others still use it.
    }

    private static final class Holder {
        private static final ControlPlane INSTANCE = start();
    }
}
