package dev.tenantry.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The programs of a local control plane.
 *
 * @param launcher the program {@code local-cluster}, which runs the others
 * @param binaries the folder of etcd, kube-apiserver and the others
 */
public record LocalClusterPrograms(Path launcher, Path binaries) {

    private static final String BUILD_SCRIPT = "local-cluster/build";

    /**
     * Return the programs in the folder that {@code KUBEBUILDER_ASSETS} names, where that is set, else those in the cache,
     * which are built first if need be; that takes minutes, once, and its progress goes to stderr.
     *
     * @throws IllegalStateException if they cannot be built; stderr says why
     */
    public static LocalClusterPrograms find() {
        return find(System.getenv(), Path.of("").toAbsolutePath());
    }

    static LocalClusterPrograms find(Map<String, String> environment, Path workingDirectory) {
        Path script = home(environment, workingDirectory).resolve(BUILD_SCRIPT);
        Path launcher = Path.of(output(script.toString(), "launcher"));
        String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        return new LocalClusterPrograms(launcher, Path.of(assets.isBlank() ? output(script.toString()) : assets));
    }

    /**
     * Return the root of Tenantry's tree: {@code TENANTRY_HOME}, else the nearest folder above the working directory that
     * looks like one.
     *
     * @throws IllegalStateException if there is none
     */
    public static Path home() {
        return home(System.getenv(), Path.of("").toAbsolutePath());
    }

    static Path home(Map<String, String> environment, Path workingDirectory) {
        String home = environment.getOrDefault("TENANTRY_HOME", "");
        if (!home.isBlank()) {
            return Path.of(home);
        }
        for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(BUILD_SCRIPT))) {
                return folder;
            }
        }
        throw new IllegalStateException("No %s is in %s or above it; set TENANTRY_HOME to the root of Tenantry's tree"
                .formatted(BUILD_SCRIPT, workingDirectory));
    }

    /** Return the command that runs a cluster on a data folder until it is told to stop or this process ends. */
    public List<String> run(Path data, String... options) {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(), "run", "--with-parent", "--data", data.toString(), "--bin", binaries.toString()));
        command.addAll(List.of(options));
        return command;
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed; it said why on stderr");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", command) + " was interrupted", e);
        }
    }
}
