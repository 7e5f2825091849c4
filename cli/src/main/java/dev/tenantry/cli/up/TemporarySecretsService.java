package dev.tenantry.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClient;

/** secrets-service by itself, which may be stopped and started again, in a temporary folder until it is closed. */
public final class TemporarySecretsService implements AutoCloseable {

    private final StateFolder folder;
    private final Children children;
    private final HttpAddress http = HttpAddress.parse("127.0.0.1:0").claim();
    private Path kubeconfig;
    private ServiceFleet fleet;
    private @Nullable Child service;

    private TemporarySecretsService(StateFolder folder) throws IOException {
        this.folder = folder;
        this.children = new Children(folder.logs());
    }

    /**
     * Start everything but the service.
     *
     * @param cluster the kubeconfig of the cluster; null for a local one, which goes with the rest
     * @throws CommandFailure if something can't be started
     */
    public static TemporarySecretsService prepare(@Nullable Path cluster, Consumer<String> progress)
            throws IOException, InterruptedException {
        var prepared = new TemporarySecretsService(new StateFolder(Files.createTempDirectory("tenantry-")));
        try {
            prepared.open(new ClusterAccess(cluster, prepared.folder, progress));
            return prepared;
        } catch (IOException | InterruptedException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private void open(ClusterAccess access) throws IOException, InterruptedException {
        kubeconfig = access.open(children);
        try (KubernetesClient client = ClusterAccess.connect(kubeconfig)) {
            access.prepare(client, false);
        }
        // Nobody asks for sources here.
        fleet = ServiceFleet.open(children, new ServiceFleet.Site(folder.services(), http, kubeconfig));
    }

    /** Start the service; returns at once. */
    public void start() {
        service = fleet.secretsService(http);
    }

    /**
     * Wait until it is ready.
     *
     * @throws CommandFailure if it is not in time
     */
    public void awaitReady() throws InterruptedException {
        new Readiness(http.localUri()).await(running());
    }

    /** Stop it, as an update does; returns when it has ended. */
    public void stop() throws InterruptedException {
        children.stop(running());
        service = null;
    }

    /** Return the process of the service. */
    public long pid() {
        return running().pid();
    }

    /** Return where it answers. */
    public URI http() {
        return http.localUri();
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Return the folder of all that is kept. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Do something for which everything has to run that was started.
     *
     * @throws CommandFailure if something that runs ends by itself meanwhile; the work is interrupted
     */
    public <T> T during(Callable<T> work) throws Exception {
        return children.during(work);
    }

    @Override
    public void close() throws IOException {
        children.close();
        folder.delete();
    }

    private Child running() {
        if (service == null) {
            throw new IllegalStateException("It has not been started");
        }
        return service;
    }
}
