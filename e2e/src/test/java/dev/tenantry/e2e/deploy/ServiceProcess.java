package dev.tenantry.e2e.deploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** A service as it would run in a pod: its own program, configured by its environment. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final URI url;

    private ServiceProcess(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Start it, without waiting for it.
     *
     * @param name the service's folder in {@code services/}
     * @param folder where its log goes
     */
    static ServiceProcess start(String name, int port, Path folder, Map<String, String> environment)
            throws IOException {
        Path jar = LocalClusterPrograms.home()
                .resolve("services")
                .resolve(name)
                .resolve("target/quarkus-app/quarkus-run.jar");
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return new ServiceProcess(builder.start(), log, url(port));
    }

    static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Wait until it is ready. */
    void awaitReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/q/health/ready")).build();
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreException(ConnectException.class)
                    .failFast("it has ended; its log is " + log, () -> !process.isAlive())
                    .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    /** Give what it has said so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
