package dev.tenantry.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.meter.ListeningPorts;
import dev.tenantry.bench.meter.OwnProcesses;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.cli.up.TemporaryReplicas;
import dev.tenantry.cli.up.TemporarySecretsService;
import dev.tenantry.cli.up.TemporaryUp;

/** A cluster and the controllers that act in it. */
public sealed interface Installation extends AutoCloseable {

    Path kubeconfig();

    /** Return the processes of the controllers. */
    Set<Long> pids();

    /** Return where the controllers listen, as far as that is known. */
    List<URI> addresses();

    /** Tell whether the cluster is gone after the close, with all that was made in it. */
    boolean isTemporary();

    /**
     * Do something with it.
     *
     * @throws CommandFailure if what this process has started ends by itself meanwhile
     */
    <T> T during(Callable<T> work) throws Exception;

    @Override
    void close() throws IOException, InterruptedException;

    /** Start {@code standalone}, and without a kubeconfig a cluster for it. */
    static Installation start(@Nullable Path kubeconfig, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new Own(TemporaryUp.start(kubeconfig, progress), kubeconfig == null);
    }

    /**
     * Start separate services without a reconciler yet, and without a kubeconfig a cluster for them.
     *
     * @param delay by which the API server's answers to the services come later
     * @param settings of each reconciler, as environment variables
     */
    static Replicated start(@Nullable Path kubeconfig, Duration delay, Map<String, String> settings,
            Consumer<String> progress) throws IOException, InterruptedException {
        return Replicated.start(kubeconfig, delay, settings, progress);
    }

    /** Take controllers that run already, on this machine. */
    static Installation of(Path kubeconfig, Set<Long> pids) {
        return new Given(kubeconfig, pids);
    }

    /** Tenantry as this process has started it. */
    record Own(TemporaryUp up, boolean isTemporary) implements Installation {

        @Override
        public Path kubeconfig() {
            return up.kubeconfig();
        }

        @Override
        public Set<Long> pids() {
            return OwnProcesses.of(up.folder());
        }

        @Override
        public List<URI> addresses() {
            return List.of(up.http());
        }

        @Override
        public <T> T during(Callable<T> work) throws Exception {
            return up.during(work);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            up.close();
        }
    }

    /** Separate services, of which there may be several reconcilers, behind a proxy before the API server. */
    final class Replicated implements Installation {

        private final TemporaryReplicas replicas;
        private final DelayProxy proxy;
        private final boolean temporary;

        private Replicated(TemporaryReplicas replicas, DelayProxy proxy, boolean temporary) {
            this.replicas = replicas;
            this.proxy = proxy;
            this.temporary = temporary;
        }

        private static Replicated start(@Nullable Path kubeconfig, Duration delay, Map<String, String> settings,
                Consumer<String> progress) throws IOException, InterruptedException {
            var proxies = new ArrayList<DelayProxy>();
            try {
                TemporaryReplicas replicas = TemporaryReplicas.start(kubeconfig, (original, folder) -> {
                    proxies.add(DelayProxy.before(original, delay));
                    return proxies.getLast().kubeconfig(original, folder);
                }, settings, progress);
                return new Replicated(replicas, proxies.getLast(), kubeconfig == null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                proxies.forEach(DelayProxy::close);
                throw e;
            }
        }

        /** Start reconcilers until there are so many; returns once all are ready. */
        public void scaleTo(int reconcilers) throws InterruptedException {
            replicas.scaleTo(reconcilers);
        }

        /** Kill the reconciler that came last. */
        public void killLast() throws InterruptedException {
            replicas.killLast();
        }

        public List<URI> reconcilers() {
            return replicas.reconcilers();
        }

        @Override
        public Path kubeconfig() {
            return replicas.kubeconfig();
        }

        @Override
        public Set<Long> pids() {
            return OwnProcesses.of(replicas.folder());
        }

        @Override
        public List<URI> addresses() {
            return Stream.concat(Stream.of(replicas.gitWatcher()), reconcilers().stream()).toList();
        }

        @Override
        public boolean isTemporary() {
            return temporary;
        }

        @Override
        public <T> T during(Callable<T> work) throws Exception {
            return replicas.during(work);
        }

        @Override
        public void close() throws IOException {
            replicas.close();
            proxy.close();
        }
    }

    /** secrets-service alone, which a bench starts and stops. */
    record SecretsOnly(TemporarySecretsService service, boolean isTemporary) implements Installation {

        @Override
        public Path kubeconfig() {
            return service.kubeconfig();
        }

        @Override
        public Set<Long> pids() {
            return OwnProcesses.of(service.folder());
        }

        @Override
        public List<URI> addresses() {
            return List.of(service.http());
        }

        @Override
        public <T> T during(Callable<T> work) throws Exception {
            return service.during(work);
        }

        @Override
        public void close() throws IOException {
            service.close();
        }
    }

    /** Controllers that somebody else runs. */
    record Given(Path kubeconfig, Set<Long> pids) implements Installation {

        public Given {
            pids = Set.copyOf(pids);
        }

        @Override
        public List<URI> addresses() {
            return pids.stream().flatMap(pid -> ListeningPorts.of(pid).stream()).toList();
        }

        @Override
        public boolean isTemporary() {
            return false;
        }

        @Override
        public <T> T during(Callable<T> work) throws Exception {
            return work.call();
        }

        @Override
        public void close() {
            // They go on.
        }
    }
}
