package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.util.List;

import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.cli.terminal.CommandFailure;

/** Something to measure. */
@FunctionalInterface
interface Bench {

    /**
     * Do it, and return what was measured, in order.
     *
     * @param size of it, of whatever it has many
     * @throws CommandFailure if the controllers don't do what is measured
     */
    List<Phase> run(Rig rig, int size) throws IOException, InterruptedException;
}
