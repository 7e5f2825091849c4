package dev.tenantry.cli.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.cluster.ManifestFiles;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClient;

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
            var access = new ClusterAccess(options.kubeconfig(), folder, progress);
            Path kubeconfig = access.open(children);
            try (KubernetesClient client = ClusterAccess.connect(kubeconfig)) {
                access.prepare(client, options.takeOver());
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

    private RunMode runMode(HttpAddress http, Path kubeconfig) {
        Path data = options.folder().services();
        if (!options.services()) {
            return new Standalone(data, http, kubeconfig);
        }
        HttpAddress reconciler = new HttpAddress(http.host(), 0).claim();
        HttpAddress secretsService = new HttpAddress(http.host(), 0).claim();
        progress.accept("git-watcher is at %s, the reconciler at %s, secrets-service at %s".formatted(http.uri(),
                reconciler.uri(), secretsService.uri()));
        return new SeparateServices(data, http, reconciler, secretsService, kubeconfig);
    }

    private void apply(ManifestFiles manifests, KubernetesClient client) {
        if (manifests.size() > 0) {
            manifests.apply(client);
            progress.accept("applied %d objects".formatted(manifests.size()));
        }
    }
}
