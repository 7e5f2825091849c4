package dev.tenantry.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

import io.fabric8.kubernetes.client.Config;

/**
 * k3s in a container, for machines with a container engine; chosen by {@code TENANTRY_TEST_CLUSTER=k3s}.
 * <p>
 * Untested where this is written, since no engine is there. Its Pods really run, so their images must exist.
 */
final class K3sServer implements Server {

    // The same minor version as the local cluster.
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.36.3-k3s1");

    private final K3sContainer container;
    private final ExistingServer server;

    private K3sServer(K3sContainer container, Path kubeconfig) {
        this.container = container;
        this.server = new ExistingServer(kubeconfig);
    }

    static K3sServer start() {
        K3sContainer container = new K3sContainer(IMAGE);
        container.start();
        try {
            Path kubeconfig = Files.createTempFile("tenantry-k3s-", ".kubeconfig");
            return new K3sServer(container, Files.writeString(kubeconfig, container.getKubeConfigYaml()));
        } catch (IOException e) {
            container.stop();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path kubeconfig() {
        return server.kubeconfig();
    }

    @Override
    public Path kubeconfigFor(String user, List<String> groups) {
        return server.kubeconfigFor(user, groups);
    }

    @Override
    public Config configFor(String user, List<String> groups) {
        return server.configFor(user, groups);
    }

    @Override
    public void stop() {
        container.stop();
        try {
            Files.deleteIfExists(kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
