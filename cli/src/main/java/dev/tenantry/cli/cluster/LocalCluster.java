package dev.tenantry.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.tenantry.cli.CommandFailure;
import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
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
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Path> kubeconfig = readyLine(child.log());
            if (kubeconfig.isPresent()) {
                return kubeconfig.get();
            }
            if (!child.isAlive()) {
                throw child.unexpectedEnd();
            }
            Thread.sleep(50);
        }
        throw new CommandFailure("The local cluster is not ready after %d s; see %s".formatted(
                START_TIMEOUT.toSeconds(), child.log()));
    }

    private static Optional<Path> readyLine(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(READY))
                    .map(line -> Path.of(line.substring(READY.length())))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
