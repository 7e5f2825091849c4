package dev.tenantry.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.client.Config;

/** A control plane that the launcher runs as a child process, which ends with this JVM even if that is killed. */
final class LocalServer implements Server {

    private static final String READY = "ready: kubeconfig=";

    private final LocalClusterPrograms programs;
    private final Path data;
    private final boolean temporary;
    private final Path people;
    private final Path messages;
    private @Nullable Process process;

    private LocalServer(LocalClusterPrograms programs, Path data, boolean temporary) throws IOException {
        this.programs = programs;
        this.data = data;
        this.temporary = temporary;
        this.people = Files.createDirectories(data.resolve("people"));
        this.messages = data.resolve("launcher.log");
    }

    /** Start in a temporary folder, which is removed at the stop. */
    static LocalServer start() {
        try {
            return start(Files.createTempDirectory("tenantry-cluster-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Start on a folder, or go on where an earlier start on it was stopped. */
    static LocalServer start(Path data) {
        try {
            return start(Files.createDirectories(data), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalServer start(Path data, boolean temporary) throws IOException {
        LocalServer server = new LocalServer(LocalClusterPrograms.find(), data, temporary);
        server.launch();
        return server;
    }

    private void launch() throws IOException {
        Process started = new ProcessBuilder(programs.run(data)).redirectError(messages.toFile()).start();
        process = started;
        BufferedReader output = started.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return;
            }
        }
        throw new IllegalStateException("The control plane did not start: %s (in %s)"
                .formatted(Files.readString(messages).strip(), data));
    }

    @Override
    public Path kubeconfig() {
        return data.resolve("kubeconfig");
    }

    @Override
    public Path kubeconfigFor(String user, List<String> groups) {
        try {
            Path file = Files.createTempFile(people, "", ".kubeconfig");
            List<String> command = new ArrayList<>(List.of(programs.launcher().toString(), "certificate",
                    "--data", data.toString(), "--user", user, "--out", file.toString()));
            groups.forEach(group -> command.addAll(List.of("--group", group)));
            Process issuing = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(issuing.getInputStream().readAllBytes(), UTF_8).strip();
            if (issuing.waitFor() != 0) {
                throw new IllegalArgumentException(output);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a certificate was issued", e);
        }
    }

    @Override
    public Config configFor(String user, List<String> groups) {
        return Config.fromKubeconfig(kubeconfigFor(user, groups).toFile());
    }

    @Override
    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (temporary) {
                delete(data);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
