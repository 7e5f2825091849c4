package dev.tenantry.e2e.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tenantry.e2e.FrontDoor;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** A running {@code tenantry up}, as the front door starts it once all is built. */
final class UpProcess implements AutoCloseable {

    private static final int TAIL = 30;
    private static final String THREADS = "Full thread dump";

    private final Process process;
    private final Path data;
    private final Path errors;
    private final List<ProcessHandle> descendants = new ArrayList<>();

    private UpProcess(Process process, Path data, Path errors) {
        this.process = process;
        this.data = data;
        this.errors = errors;
    }

    /** Start it on a data folder and any free port. */
    static UpProcess start(Path data, String... options) throws IOException {
        Path home = LocalClusterPrograms.home();
        List<String> command = new ArrayList<>(FrontDoor.program());
        command.addAll(List.of("up", "--data", data.toString(), "--http", "127.0.0.1:0"));
        command.addAll(List.of(options));
        Path errors = Files.createTempFile(data.getParent(), "up-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("TENANTRY_HOME", home.toString());
        return new UpProcess(builder.start(), data, errors);
    }

    /** Wait for its only line on stdout and return it. */
    String ready() throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("tenantry up ended: " + errors() + logs());
        }
        process.descendants().forEach(descendants::add);
        return line;
    }

    Path kubeconfig() {
        return data.resolve("cluster/kubeconfig");
    }

    long pid() {
        return process.pid();
    }

    /** Return the processes that it had started when it was ready, itself not among them. */
    List<ProcessHandle> descendants() {
        return descendants;
    }

    ProcessHandle child(String argument) {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains(argument))
                .findFirst()
                .orElseThrow();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    }

    int exitStatus(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("tenantry up still runs after " + patience);
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private String logs() throws IOException {
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            return logs.filter(log -> log.toString().endsWith(".log"))
                    .map(UpProcess::tail)
                    .collect(Collectors.joining());
        }
    }

    /** The end of a log; of a service that was not ready, before the threads, and those that tell why. */
    private static String tail(Path log) {
        try {
            String text = Files.readString(log);
            int threads = text.indexOf(THREADS);
            List<String> lines = text.substring(0, threads < 0 ? text.length() : threads).lines().toList();
            return "%n--- %s%n%s%n%s".formatted(log,
                    String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())),
                    threads < 0 ? "" : telling(text.substring(threads)));
        } catch (IOException e) {
            return "%n--- %s: %s%n".formatted(log, e);
        }
    }

    private static String telling(String threads) {
        return Stream.of(threads.split("\n\n"))
                .filter(thread -> Stream
                        .of("\"main\"", "dev.tenantry", "start-postgres", "BLOCKED", "lass initialization")
                        .anyMatch(thread::contains))
                .collect(Collectors.joining("\n\n"));
    }
}
