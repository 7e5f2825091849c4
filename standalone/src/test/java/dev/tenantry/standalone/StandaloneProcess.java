package dev.tenantry.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import dev.tenantry.testkit.application.BuiltApplication;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.workers.Workers;

/** The built application, as {@code ./tenantry up} and a pod start it. */
final class StandaloneProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final URI http;

    private StandaloneProcess(Process process, Path log, URI http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    static StandaloneProcess start(Path data, String... properties) {
        try {
            int port = freePort();
            List<String> options = new ArrayList<>(List.of("-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port, "-Dtenantry.data=" + data,
                    "-Dtenantry.workers=" + Workers.folder()));
            options.addAll(List.of(properties));
            List<String> command = BuiltApplication.of("standalone").command("512m", options);
            Path log = Files.createTempFile("standalone-", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("KUBECONFIG", ControlPlane.shared().kubeconfig().toString());
            return new StandaloneProcess(builder.start(), log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    StandaloneProcess awaitReady() {
        Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended before it was ready:\n" + log());
            }
            return answers("/q/health/ready");
        });
        return this;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(http.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** List the processes that it has started and that would be left over. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    void terminate() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(log);
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            return get(path).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
