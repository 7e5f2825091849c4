package dev.tenantry.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Separate services with as many reconcilers as wanted, in a temporary folder and on free ports, until it is closed. */
public final class TemporaryReplicas implements AutoCloseable {

    private final StateFolder folder;
    private final Children children;
    private final Map<String, String> settings;
    private final List<Replica> replicas = new ArrayList<>();
    private Path kubeconfig;
    private HttpAddress gitWatcher;
    private ServiceFleet fleet;

    private TemporaryReplicas(StateFolder folder, Children children, Map<String, String> settings) {
        this.folder = folder;
        this.children = children;
        this.settings = Map.copyOf(settings);
    }

    private record Replica(Child child, URI http) {}

    /**
     * Start everything but the reconcilers.
     *
     * @param cluster the kubeconfig of the cluster; null for a local one, which goes with the rest
     * @param way makes of the cluster's kubeconfig the one that the services take, in the folder that it is given
     * @param settings what each reconciler is told, as environment variables
     * @throws CommandFailure if something can't be started
     */
    public static TemporaryReplicas start(@Nullable Path cluster, BinaryOperator<Path> way,
            Map<String, String> settings, Consumer<String> progress) throws IOException, InterruptedException {
        var folder = new StateFolder(Files.createTempDirectory("tenantry-"));
        var replicas = new TemporaryReplicas(folder, new Children(folder.logs()), settings);
        try {
            replicas.open(new ClusterAccess(cluster, folder, progress), way);
            return replicas;
        } catch (IOException | InterruptedException | RuntimeException e) {
            replicas.close();
            throw e;
        }
    }

    private void open(ClusterAccess access, BinaryOperator<Path> way) throws IOException, InterruptedException {
        kubeconfig = access.open(children);
        try (KubernetesClient client = ClusterAccess.connect(kubeconfig)) {
            access.prepare(client, false);
        }
        access.progress().accept("starting the services; logs are in " + folder.logs());
        gitWatcher = freeAddress();
        fleet = ServiceFleet.open(children,
                new ServiceFleet.Site(folder.services(), gitWatcher, way.apply(kubeconfig, folder.services())));
        new Readiness(gitWatcher.localUri()).await(fleet.gitWatcher());
    }

    /** Start reconcilers until there are so many, and return once all are ready. */
    public void scaleTo(int count) throws InterruptedException {
        List<Replica> added = new ArrayList<>();
        while (replicas.size() < count) {
            HttpAddress http = freeAddress();
            Child child = fleet.reconciler("reconciler-" + (replicas.size() + 1), http, settings);
            added.add(new Replica(child, http.localUri()));
            replicas.add(added.getLast());
        }
        for (Replica each : added) {
            new Readiness(each.http).await(each.child);
        }
    }

    /** Kill the reconciler that came last. */
    public void killLast() throws InterruptedException {
        children.kill(replicas.removeLast().child);
    }

    /** Return where git-watcher answers. */
    public URI gitWatcher() {
        return gitWatcher.localUri();
    }

    /** Return where the reconcilers answer, in the order in which they came. */
    public List<URI> reconcilers() {
        return replicas.stream().map(Replica::http).toList();
    }

    /** Return the way to the cluster itself. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Return the folder of all that is kept. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Do something for which everything has to run.
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

    private static HttpAddress freeAddress() {
        return HttpAddress.parse("127.0.0.1:0").claim();
    }
}
