package dev.tenantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.awaitility.core.ConditionTimeoutException;

import dev.tenantry.testkit.application.BuiltApplication;
import dev.tenantry.testkit.application.ThreadDump;
import dev.tenantry.testkit.workers.Workers;

/** A service of Tenantry as a child process, by the jar that the build made, listening on a free port of loopback. */
public final class ServiceProcess implements AutoCloseable {

    /** The setting of the port to listen on; where it is not set, a free one is. */
    public static final String PORT = "QUARKUS_HTTP_PORT";

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String module;
    private final Process process;
    private final Path log;
    private final URI url;

    private ServiceProcess(String module, Process process, Path log, URI url) {
        this.module = module;
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Start a module and return once it is ready.
     *
     * @param module its folder, such as {@code services/reconciler}
     * @param folder where its log goes
     * @param settings environment variables by MicroProfile Config's naming
     */
    public static ServiceProcess start(String module, Path folder, Map<String, String> settings) {
        ServiceProcess started = launch(module, folder, settings);
        started.awaitReady();
        return started;
    }

    /** Start a module; {@link #awaitReady} tells when it can be used. */
    public static ServiceProcess launch(String module, Path folder, Map<String, String> settings) {
        try {
            String port = settings.getOrDefault(PORT, Integer.toString(freePort()));
            var application = BuiltApplication.of(module);
            Path log = Files.createDirectories(folder).resolve(application.name() + "-" + port + ".log");
            // The quick compiler: a service lives for seconds here.
            var builder = new ProcessBuilder(application.command("768m", List.of()));
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_HTTP_HOST", "127.0.0.1",
                            PORT, port,
                            "TENANTRY_PARENT", Long.toString(ProcessHandle.current().pid()),
                            "TENANTRY_WORKERS", Workers.folder().toString()));
            builder.environment().putAll(settings);
            Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new ServiceProcess(module, process, log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the workers were built", e);
        }
    }

    /** Wait until it says that it is ready. */
    public void awaitReady() {
        try {
            await(module).atMost(STARTS_WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(module + " ended:\n" + log());
                }
                return isReady();
            });
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(module + " is not ready:\n" + logWithThreads(), e);
        }
    }

    /** Let the JVM print what its threads do, and return what it has said. */
    private String logWithThreads() {
        try {
            ThreadDump.print(process.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return log();
    }

    boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            // It does not listen yet.
            return false;
        }
    }

    public URI url() {
        return url;
    }

    /** Ask for a path; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Ask for a path as who has a token. */
    HttpResponse<String> getAs(String token, String path) {
        return get(path, "Authorization", "Bearer " + token);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    /** Read a counter of {@code /q/metrics}, summed over all its labels. */
    double counter(String name) {
        Pattern line = Pattern.compile("^" + Pattern.quote(name) + "(\\{.*})? (\\S+)$", Pattern.MULTILINE);
        return line.matcher(get("/q/metrics").body())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(2)))
                .sum();
    }

    /** End it as a crash does: nothing is finished, nothing is said. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** End it as a person does. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    /** Return what it has said so far. */
    public String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(module + " does not stop:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + module + " stopped", e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking a service", e);
        }
    }

    /** Find a port of loopback that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
