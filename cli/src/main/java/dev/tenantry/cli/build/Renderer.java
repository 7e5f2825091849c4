package dev.tenantry.cli.build;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.reconciler.build.BuildLimits;
import dev.tenantry.reconciler.build.BuildRequest;
import dev.tenantry.reconciler.build.BuildRequest.Unset;
import dev.tenantry.reconciler.build.Builder;
import dev.tenantry.reconciler.build.Printout;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.workers.WorkerBinary;
import dev.tenantry.workers.WorkerPool;

/** Render Kustomizations with the reconciler's own builder. */
final class Renderer implements AutoCloseable {

    private static final long WORKER_MEMORY = 1L << 30;

    private final WorkerPool pool;
    private final Builder builder;
    private final Unset unset;

    private Renderer(WorkerPool pool, Unset unset) {
        this.pool = pool;
        this.unset = unset;
        this.builder = new Builder(pool, BuildLimits.standard());
    }

    /** Start with so many workers at most. */
    static Renderer start(int workers, Unset unset) throws IOException {
        return new Renderer(new WorkerPool(WorkerBinary.find(Builder.WORKER), workers, WORKER_MEMORY), unset);
    }

    /** Render one; fields that do not affect it are ignored. */
    Printout render(SourceTree source, Optional<String> path, ObjectNode kustomization)
            throws IOException, InterruptedException {
        BuildRequest ofSpec = BuildRequest.of(kustomization.path("spec"), Map.of(), Set.of()).with(unset);
        return builder.print(path.map(ofSpec::at).orElse(ofSpec), source);
    }

    @Override
    public void close() {
        pool.close();
    }
}
