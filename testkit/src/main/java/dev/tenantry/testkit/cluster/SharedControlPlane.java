package dev.tenantry.testkit.cluster;

import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The control plane of this JVM's tests: whoever closes it leaves it to the others. */
record SharedControlPlane(ControlPlane running) implements ControlPlane {

    /** Start it at the first use; the JVM's end stops it. */
    static ControlPlane instance() {
        return Holder.INSTANCE;
    }

    private static ControlPlane start() {
        String kubeconfig = System.getenv().getOrDefault("TENANTRY_TEST_KUBECONFIG", "");
        Server server = kubeconfig.isBlank() ? LocalServer.start() : new ExistingServer(Path.of(kubeconfig));
        ControlPlane running = new RunningControlPlane(server);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-control-plane"));
        return new SharedControlPlane(running);
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
