package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.report.Result;
import dev.tenantry.bench.rig.Installation;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.cli.terminal.CommandFailure;

/** The benches by name. */
public enum Scenario {

    INSTALL(1_000, "N applications of four objects each, from creation to all Ready, and a bare client's time",
            new Install()), //
    COMMIT(1_000, "commits that change 1, 10, all and none of N applications, until all are at the revision",
            new Commit()), //
    IDLE(1_000, "N applications with an interval of a minute that nothing happens to, for ten minutes",
            new Idle()), //
    PUSH(100, "N pushes by webhook one after another, then as many to 20 repositories at once", new Push()), //
    DRIFT(1_000, "100 objects of N applications edited by hand, until all are restored", new Drift()), //
    FAIR(500, "one team's pushes, alone and beside another team that pushes N targets which fail", new Fair()), //
    HUGE(20_000, "one target of N ConfigMaps: installed, one changed, half of them taken away", new Huge()), //
    REPLICAS(200, "N targets for 1, 2 and 4 reconcilers, 20 ms from the API server, of which one is lost then",
            new Replicas()), //
    SECRETS(1_000, "N SealedSecrets that wait for secrets-service, N that come while it runs, and a restart over all",
            new Secrets());

    private final int size;
    private final String description;
    private final Bench bench;

    Scenario(int size, String description, Bench bench) {
        this.size = size;
        this.description = description;
        this.bench = bench;
    }

    public static Optional<Scenario> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** Return the name that people type. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }

    /** Return its size where none is asked for. */
    public int size() {
        return size;
    }

    /** Tell whether it can measure controllers that run already. */
    public boolean takesGivenControllers() {
        return bench.takesGivenControllers();
    }

    /** Start what it measures, and without a kubeconfig a cluster for it. */
    public Installation start(@Nullable Path kubeconfig, Consumer<String> progress)
            throws IOException, InterruptedException {
        return bench.start(kubeconfig, progress);
    }

    /**
     * Run it.
     *
     * @throws CommandFailure if the controllers don't do what is measured
     */
    public Result run(Rig rig, int chosenSize) throws IOException, InterruptedException {
        return new Result(word(), chosenSize, bench.run(rig, chosenSize));
    }
}
