package dev.tenantry.cli.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** A control plane of one's own in a folder. */
public record LocalCluster(Path folder) {

    private static final String READY = "ready: kubeconfig=";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    // Its own programs have 35 seconds together, if they need them.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /**
     * Start it, or go on where an earlier start on the folder was stopped, and return the administrator's kubeconfig.
     *
     * @throws CommandFailure if it does not serve
     */
    public Path start(Children children) throws InterruptedException {
        LocalClusterPrograms programs = LocalClusterPrograms.find();
        Child child = children.start(new ChildCommand("local-cluster", programs.run(folder), Map.of(), PATIENCE));
        return Path.of(child.awaitLine(READY, START_TIMEOUT));
    }
}
