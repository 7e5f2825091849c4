package dev.tenantry.testkit.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import dev.tenantry.testkit.TemporaryFolder;

/**
 * A git server over HTTP on a free port of the loopback address, with real repositories on disk and JGit's own
 * implementation of both protocol versions, for fetch and push.
 *
 * <pre>{@code
 * try (GitServer server = GitServer.start()) {
 *     TestRepository apps = server.repository("apps");
 *     apps.file("app/deployment.yaml", "…").commit("Add the app");
 *     fetchFrom(apps.url());
 *     server.inject(new GitFault.StallAfter(200));
 * }
 * }</pre>
 */
public final class GitServer implements AutoCloseable {

    static {
        // Read once by the JDK's server: without it, each answer waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TemporaryFolder folder = TemporaryFolder.create("git-server");
    private final Map<String, TestRepository> repositories = new ConcurrentHashMap<>();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final RequestCounts counts = new RequestCounts();
    private final FaultInjector faults = new FaultInjector();
    private final URI url;

    private GitServer(@Nullable TestCertificates certificates, boolean clientCertificateNeeded) {
        NoUserConfiguration.install();
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (certificates == null) {
                http = HttpServer.create(anyPort, 0);
            } else {
                HttpsServer https = HttpsServer.create(anyPort, 0);
                https.setHttpsConfigurator(configurator(certificates, clientCertificateNeeded));
                http = https;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", new GitHandler(this, counts, faults));
        http.start();
        String scheme = certificates == null ? "http" : "https";
        url = URI.create(scheme + "://localhost:" + http.getAddress().getPort());
    }

    private static HttpsConfigurator configurator(TestCertificates certificates, boolean clientCertificateNeeded) {
        return new HttpsConfigurator(certificates.serverContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(clientCertificateNeeded);
                parameters.setSSLParameters(tls);
            }
        };
    }

    /** Start a server over plain HTTP that lets everybody in. */
    public static GitServer start() {
        return new GitServer(null, false);
    }

    /** Start a server over TLS. */
    public static GitServer startTls(TestCertificates certificates) {
        return new GitServer(certificates, false);
    }

    /** Start a server over TLS that wants a client certificate of the same authority. */
    public static GitServer startMutualTls(TestCertificates certificates) {
        return new GitServer(certificates, true);
    }

    /** Let in whoever has this name and password; without any call, everybody. */
    public GitServer allow(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        authorizations.add("Basic " + Base64.getEncoder().encodeToString(pair));
        return this;
    }

    /** Let in whoever has this bearer token; without any call, everybody. */
    public GitServer allowBearer(String token) {
        authorizations.add("Bearer " + token);
        return this;
    }

    /** Let nobody in with what was allowed so far. */
    public void revokeAll() {
        authorizations.clear();
        authorizations.add("nobody");
    }

    boolean isAllowed(@Nullable String authorization) {
        return authorizations.isEmpty() || authorization != null && authorizations.contains(authorization);
    }

    /** Return the repository of a name (it may contain slashes), made empty at the first call. */
    public TestRepository repository(String name) {
        return repositories.computeIfAbsent(name,
                absent -> TestRepository.create(folder.path().resolve(absent + ".git"),
                        url.resolve("/" + absent + ".git")));
    }

    @Nullable
    TestRepository find(String name) {
        return repositories.get(name);
    }

    /** Take a repository away; its URL answers 404. */
    public void remove(String name) {
        TestRepository repository = repositories.remove(name);
        if (repository != null) {
            repository.close();
        }
    }

    /** Return where the server is. */
    public URI url() {
        return url;
    }

    /** Let every request meet a fault from now on. */
    public void inject(GitFault fault) {
        faults.inject(fault);
    }

    /** Let the requests that fetch or push objects meet a fault from now on; references are told as ever. */
    public void injectIntoPacks(GitFault fault) {
        faults.injectIntoPacks(fault);
    }

    /** End all faults; requests that stall are cut. */
    public void recover() {
        faults.recover();
    }

    /** Return what was asked for so far. */
    public RequestCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        faults.recover();
        http.stop(0);
        threads.shutdownNow();
        repositories.values().forEach(TestRepository::close);
        folder.close();
    }
}
