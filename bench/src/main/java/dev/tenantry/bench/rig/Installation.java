package dev.tenantry.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.meter.ListeningPorts;
import dev.tenantry.bench.meter.OwnProcesses;
import dev.tenantry.cli.terminal.CommandFailure;
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
