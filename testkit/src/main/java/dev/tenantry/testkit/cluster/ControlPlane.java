package dev.tenantry.testkit.cluster;

import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A Kubernetes API server with its controllers and simulated nodes.
 * <p>
 * RBAC is on, Deployments become available in about a second, no container ever runs. Tests share one instance and keep
 * apart by namespaces:
 *
 * <pre>{@code
 * static final ControlPlane CLUSTER = ControlPlane.shared();
 * final String namespace = CLUSTER.newNamespace();
 * }</pre>
 */
public interface ControlPlane extends AutoCloseable {

    /**
     * Return the control plane of this test run, started at the first call and stopped when the JVM ends.
     * <p>
     * It is the cluster of the kubeconfig that {@code TENANTRY_TEST_KUBECONFIG} names, where that is set; else k3s in a
     * container, where {@code TENANTRY_TEST_CLUSTER} is {@code k3s}; else one started from the binaries in
     * {@code KUBEBUILDER_ASSETS}; else one started from Tenantry's own cached build, which is made first if need be
     * (minutes, once).
     *
     * @throws IllegalStateException if it cannot be built or started, with the reason and the log to read
     */
    static ControlPlane shared() {
        return SharedControlPlane.instance();
    }

    /** Start a control plane of its own in a temporary folder, which {@link #close} removes. */
    static ControlPlane start() {
        return new RunningControlPlane(LocalServer.start());
    }

    /** Start a control plane on a data folder, which {@link #close} leaves so that a later start resumes it. */
    static ControlPlane start(Path data) {
        return new RunningControlPlane(LocalServer.start(data));
    }

    /** Return the file of an administrator's kubeconfig. */
    Path kubeconfig();

    /** Return an administrator's client, shared by all callers and closed with the control plane. */
    KubernetesClient client();

    /** Create a namespace that no other test uses and return its name, once its default service account exists. */
    String newNamespace();

    /**
     * Write a kubeconfig of a person, who may do only what RBAC grants the name and the groups.
     *
     * @return the file, different for each call
     */
    Path kubeconfigFor(String user, String... groups);

    /** Return a new client of a person, who may do only what RBAC grants; the caller closes it. */
    KubernetesClient clientFor(String user, String... groups);

    /** Stop the control plane; the shared one stays until the JVM ends. */
    @Override
    void close();
}
