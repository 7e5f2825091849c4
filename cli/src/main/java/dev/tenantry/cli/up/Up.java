package dev.tenantry.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.cluster.CustomKinds;
import dev.tenantry.cli.cluster.FluxGuard;
import dev.tenantry.cli.cluster.LocalCluster;
import dev.tenantry.cli.cluster.ManifestFiles;
import dev.tenantry.cli.cluster.Platform;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The life of everything that {@code up} starts, from the first check to the stop. */
public final class Up {

    /**
     * What the command line says.
     *
     * @param kubeconfig the cluster, or null for a local one
     * @param apply the manifests to apply once all is ready
     */
    public record Options(@Nullable Path kubeconfig, StateFolder folder, HttpAddress http, List<Path> apply,
            boolean services,
            boolean takeOver) {}

    private final Options options;
    private final Consumer<String> out;
    private final Consumer<String> progress;

    public Up(Options options, Consumer<String> out, Consumer<String> progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Run until told to stop by a signal, which ends the process with status 0.
     *
     * @throws CommandFailure if something can't be started, or ends by itself
     */
    public void run() throws IOException, InterruptedException {
        ManifestFiles manifests = ManifestFiles.read(options.apply());
        StateFolder folder = options.folder();
        try (StateFolder.Lock lock = folder.lock();
                Children children = new Children(folder.logs());
                StopOnSignal signal = new StopOnSignal(children::close)) {
            HttpAddress http = options.http().claim();
            Path kubeconfig = cluster(children);
            try (KubernetesClient client = connect(kubeconfig)) {
                prepare(client, kubeconfig);
                progress.accept("starting the services; logs are in " + folder.logs());
                runMode(http, kubeconfig).start(children);
                out.accept("ready: http=%s kubeconfig=%s".formatted(http.uri(), kubeconfig));
                apply(manifests, client);
            }
            throw children.failure().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A failure is told, never thrown", e);
        }
    }

    private Path cluster(Children children) throws InterruptedException {
        if (options.kubeconfig() == null) {
            progress.accept("starting a local cluster in " + options.folder().cluster());
            return new LocalCluster(options.folder().cluster()).start(children);
        }
        Path kubeconfig = options.kubeconfig().toAbsolutePath().normalize();
        if (!Files.isReadable(kubeconfig)) {
            throw new CommandFailure("There is no readable kubeconfig " + kubeconfig);
        }
        return kubeconfig;
    }

    private RunMode runMode(HttpAddress http, Path kubeconfig) {
        Path data = options.folder().services();
        if (!options.services()) {
            return new Standalone(data, http, kubeconfig);
        }
        HttpAddress reconciler = new HttpAddress(http.host(), 0).claim();
        progress.accept("git-watcher is at %s, the reconciler at %s".formatted(http.uri(), reconciler.uri()));
        return new SeparateServices(data, http, reconciler, kubeconfig);
    }

    private void prepare(KubernetesClient client, Path kubeconfig) {
        try {
            if (!options.takeOver()) {
                new FluxGuard(client).check();
            }
            new Platform(client).install();
            List<String> left = new CustomKinds(client).install();
            if (!left.isEmpty()) {
                progress.accept("leaving definitions that somebody else installed: " + String.join(", ", left));
            }
        } catch (KubernetesClientException e) {
            throw new CommandFailure("The cluster of %s can't be used: %s".formatted(kubeconfig, e.getMessage()), e);
        }
    }

    private void apply(ManifestFiles manifests, KubernetesClient client) {
        if (manifests.size() > 0) {
            manifests.apply(client);
            progress.accept("applied %d objects".formatted(manifests.size()));
        }
    }

    private static KubernetesClient connect(Path kubeconfig) {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();
    }
}
