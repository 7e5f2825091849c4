package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.rig.Installation;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.cli.terminal.CommandFailure;

/** Something to measure. */
interface Bench {

    /** Start what is to be measured, and without a kubeconfig a cluster for it. */
    default Installation start(@Nullable Path kubeconfig, Consumer<String> progress)
            throws IOException, InterruptedException {
        return Installation.start(kubeconfig, progress);
    }

    /** Tell whether it can measure controllers that run already. */
    default boolean takesGivenControllers() {
        return true;
    }

    /**
     * Do it, and return what was measured, in order.
     *
     * @param size of it, of whatever it has many
     * @throws CommandFailure if the controllers don't do what is measured
     */
    List<Phase> run(Rig rig, int size) throws IOException, InterruptedException;
}
