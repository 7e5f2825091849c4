package dev.tenantry.testkit.original;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;
import io.fabric8.kubernetes.client.Config;

/**
 * The real controller of SealedSecrets as a child process, which believes that it runs in a pod.
 *
 * <p>It is v0.27.1, built once from its sources; only where it looks for its service account is changed.
 */
public final class OriginalController implements AutoCloseable {

    private static final String BUILD_SCRIPT = "testkit/original/build";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final URI url;

    private OriginalController(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Give the file of the definition of SealedSecret that comes with it; it is built first if need be.
     *
     * @throws IOException if it cannot be built; stderr says why
     */
    public static Path definition() throws IOException, InterruptedException {
        return program().resolveSibling("definition.yaml");
    }

    /**
     * Start it, and return once it answers.
     *
     * @param folder where its service account and its log are
     * @param account the API server, its authority and the token of a service account
     * @param namespace where it believes to run, and keeps its keys
     * @throws IOException if it cannot be built, or ends; the message has its log
     */
    public static OriginalController start(Path folder, Config account, String namespace)
            throws IOException, InterruptedException {
        Path program = program();
        Path pod = Files.createDirectories(folder.resolve("serviceaccount"));
        Files.writeString(pod.resolve("token"), account.getOauthToken());
        Files.write(pod.resolve("ca.crt"), account.getCaCertData() != null
                ? Base64.getDecoder().decode(account.getCaCertData())
                : Files.readAllBytes(Path.of(account.getCaCertFile())));
        URI server = URI.create(account.getMasterUrl());
        String address = "127.0.0.1:" + freePort();
        Path log = Files.createTempFile(folder, "original-", ".log");
        // Keys of half the usual size, which are made in a moment.
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--key-size", "2048",
                "--listen-addr", address, "--listen-metrics-addr", "127.0.0.1:" + freePort());
        builder.environment().put("KUBERNETES_SERVICE_HOST", server.getHost());
        builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()));
        builder.environment().put("POD_NAMESPACE", namespace);
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        OriginalController started = new OriginalController(process, log, URI.create("http://" + address));
        started.awaitAnswer();
        return started;
    }

    /** Return where it answers kubeseal. */
    public URI url() {
        return url;
    }

    /** Return what it has said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Stop it as a kubelet does, and wait until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("The original controller does not answer:\n" + log());
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(url.resolve("/healthz")).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private static Path program() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(LocalClusterPrograms.home().resolve(BUILD_SCRIPT).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        build.getOutputStream().close();
        String output = new String(build.getInputStream().readAllBytes(), UTF_8).strip();
        if (build.waitFor() != 0) {
            throw new IOException(BUILD_SCRIPT + " failed; it said why on stderr");
        }
        return Path.of(output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
