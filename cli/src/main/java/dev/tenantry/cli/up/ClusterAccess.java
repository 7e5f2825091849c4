package dev.tenantry.cli.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.cluster.CustomKinds;
import dev.tenantry.cli.cluster.FluxGuard;
import dev.tenantry.cli.cluster.LocalCluster;
import dev.tenantry.cli.cluster.Platform;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The way to the cluster in which the services act.
 *
 * @param given its kubeconfig, or null for a local cluster
 * @param folder where a local cluster is kept
 */
record ClusterAccess(@Nullable Path given, StateFolder folder, Consumer<String> progress) {

    /** Return the kubeconfig, once a local cluster serves. */
    Path open(Children children) throws InterruptedException {
        if (given == null) {
            progress.accept("starting a local cluster in " + folder.cluster());
            return new LocalCluster(folder.cluster()).start(children);
        }
        Path kubeconfig = given.toAbsolutePath().normalize();
        if (!Files.isReadable(kubeconfig)) {
            throw new CommandFailure("There is no readable kubeconfig " + kubeconfig);
        }
        return kubeconfig;
    }

    static KubernetesClient connect(Path kubeconfig) {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();
    }

    /**
     * Install what the services need there.
     *
     * @throws CommandFailure if the cluster can't be used, or other controllers act there that shall not be taken over
     */
    void prepare(KubernetesClient client, boolean takeOver) {
        try {
            if (!takeOver) {
                new FluxGuard(client).check();
            }
            new Platform(client).install();
            List<String> left = new CustomKinds(client).install();
            if (!left.isEmpty()) {
                progress.accept("leaving definitions that somebody else installed: " + String.join(", ", left));
            }
        } catch (KubernetesClientException e) {
            throw new CommandFailure("The cluster at %s can't be used: %s".formatted(
                    client.getConfiguration().getMasterUrl(), e.getMessage()), e);
        }
    }
}
