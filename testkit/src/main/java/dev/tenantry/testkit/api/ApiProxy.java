package dev.tenantry.testkit.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/**
 * Stand between clients and an API server: note every request, and make chosen ones go wrong.
 * <p>
 * Clients reach it over plain HTTP without credentials; upstream it uses those of a kubeconfig, and passes the clients'
 * {@code Impersonate-*} headers on. It serves watches as streams; to a WebSocket it answers 503, on which fabric8 uses a
 * stream instead.
 *
 * <pre>{@code
 * try (ApiProxy proxy = ApiProxy.before(cluster.kubeconfig())) {
 *     proxy.when(Calls.applying("configmaps")).times(2).answer(409);
 *     ... work with proxy.config() ...
 *     assertThat(proxy.count("patch", "configmaps")).isEqualTo(3);
 * }
 * }</pre>
 */
public final class ApiProxy implements AutoCloseable {

    private final Vertx vertx;
    private final HttpClient upstream;
    private final HttpServer server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<ApiCall> calls = new ConcurrentLinkedQueue<>();
    private final Streams streams = new Streams();
    private final ServiceRoutes services;

    private ApiProxy(Config target) {
        upstream = HttpClientUtils.getHttpClientFactory()
                .newBuilder(target)
                // The client's own retries would hide what the server says.
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
        services = new ServiceRoutes(vertx);
        ProxyHandler handler = new ProxyHandler(vertx, upstream, target.getMasterUrl(), faults, calls, streams,
                services);
        server = await(
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(handler)
                        .listen());
    }

    /** Stand before the API server of a kubeconfig. */
    public static ApiProxy before(Path kubeconfig) {
        return before(Config.fromKubeconfig(kubeconfig.toFile()));
    }

    /** Stand before the API server of a client's configuration. */
    public static ApiProxy before(Config target) {
        return new ApiProxy(target);
    }

    /** Return the URL at which the proxy is the API server. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    /** Return a configuration of clients that go through the proxy. */
    public Config config() {
        return new ConfigBuilder(Config.empty()).withMasterUrl(url())
                .withNamespace("default")
                .withOnlyHttpWatches(true)
                .build();
    }

    /** Open a client that goes through the proxy; the caller closes it. */
    public KubernetesClient newClient() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    /** Write a kubeconfig that leads through the proxy. */
    public Path kubeconfig() {
        try {
            Path file = Files.createTempFile("api-proxy", ".kubeconfig");
            file.toFile().deleteOnExit();
            return Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: proxy
                      cluster:
                        server: %s
                    contexts:
                    - name: proxy
                      context:
                        cluster: proxy
                        user: none
                    current-context: proxy
                    users:
                    - name: none
                      user: {}
                    """.formatted(url()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Say what shall happen to matching requests from now on; of several plans for a request the oldest strikes. */
    public FaultPlan when(Calls matching) {
        return new FaultPlan(matching, 1, faults::add);
    }

    /** Let a process of a test answer for a Service where clients go through the API server's service proxy. */
    public void route(String namespace, String service, URI backend) {
        services.add(namespace, service, backend);
    }

    /** Let everything go right from now on. */
    public void heal() {
        faults.clear();
        streams.thaw();
    }

    /** Close the connections of open watches, as a restarting server or a lost network does, and return how many. */
    public int cutWatches(Calls matching) {
        return streams.cut(matching);
    }

    /** Tell open watches that their version is too old (410) and end them, and return how many. */
    public int expireWatches(Calls matching) {
        return streams.expire(matching);
    }

    /** Let nothing more through open watches without closing them, as a dead connection does, and return how many. */
    public int freezeWatches(Calls matching) {
        return streams.freeze(matching);
    }

    /** Return how many watches are open. */
    public int openWatches(Calls matching) {
        return streams.open(matching);
    }

    /** Return all requests since the start or the last {@link #forget}, in order, those that went wrong included. */
    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    /** Return the requests chosen. */
    public List<ApiCall> calls(Calls matching) {
        return calls.stream().filter(matching.matches()).toList();
    }

    /** Count requests by verb and plural. */
    public int count(String verb, String resource) {
        return calls(Calls.to(verb, resource)).size();
    }

    /** Forget the requests noted so far. */
    public void forget() {
        calls.clear();
    }

    /** Close all connections; open watches are cut. */
    @Override
    public void close() {
        await(server.close());
        await(vertx.close());
        upstream.close();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The API proxy cannot start or stop", e.getCause());
        }
    }
}
