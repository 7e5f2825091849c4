package dev.tenantry.kubernetes.api;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;

/**
 * Send requests to an API server over fabric8's HTTP client, whose credentials, TLS, proxy and token refresh apply.
 *
 * <p>Connections are pooled and reused by all views ({@link #as}, {@link #within}) of one connection. Of an account that
 * a view acts as, between 8 and 64 writes run at once, by how fast they are answered.
 */
public final class ApiConnection implements AutoCloseable {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
    private static final Executor VIRTUAL_THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpClient http;
    private final String base;
    private final boolean owned;
    private final @Nullable String impersonated;
    private final Duration deadline;
    private final Map<String, WriteLimit> limits;

    private ApiConnection(HttpClient http, String base, boolean owned, @Nullable String impersonated,
            Duration deadline, Map<String, WriteLimit> limits) {
        this.http = http;
        this.base = base;
        this.owned = owned;
        this.impersonated = impersonated;
        this.deadline = deadline;
        this.limits = limits;
    }

    static ApiConnection of(Client client) {
        return over(client.getHttpClient(), client.getConfiguration(), false);
    }

    static ApiConnection connect(Config config) {
        return over(HttpClientUtils.getHttpClientFactory().newBuilder(config).build(), config, true);
    }

    private static ApiConnection over(HttpClient http, Config config, boolean owned) {
        if (config.getImpersonateUsername() != null && !config.getImpersonateUsername().isEmpty()) {
            throw new IllegalArgumentException(
                    "The client impersonates " + config.getImpersonateUsername()
                            + " already; use one that acts as itself");
        }
        // fabric8 repeats failed requests by itself, POSTs too, and knows no deadline: we do it instead.
        HttpClient.DerivedClientBuilder once = http.newBuilder()
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build());
        if (hasCertificateAlone(config)) {
            // Once a minute has passed, it would look for a token before each request, and read the kubeconfig again.
            once.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null);
        }
        String master = config.getMasterUrl();
        return new ApiConnection(once.build(), master.endsWith("/") ? master : master + "/", owned, null,
                DEFAULT_DEADLINE, new ConcurrentHashMap<>());
    }

    /** Tell whether it is by its certificate that the server knows the client, so that no token can expire. */
    private static boolean hasCertificateAlone(Config config) {
        boolean certificate = config.getClientCertData() != null || config.getClientCertFile() != null;
        return certificate && config.getOauthTokenProvider() == null && config.getOauthToken() == null
                && config.getAutoOAuthToken() == null && config.getAuthProvider() == null
                && config.getUsername() == null;
    }

    ApiConnection as(String user) {
        return new ApiConnection(http, base, owned, user, deadline, limits);
    }

    ApiConnection within(Duration newDeadline) {
        return new ApiConnection(http, base, owned, impersonated, newDeadline, limits);
    }

    /**
     * Send a request, again when that is safe and may help, and give the body of the successful answer.
     *
     * <p>Failures are those of {@link ObjectApi}.
     */
    public CompletionStage<byte[]> send(ApiRequest request) {
        return new ApiCall(this, request, deadline, limitOf(request)).start();
    }

    /**
     * Open an answer that comes line by line, once: what breaks is the caller's to repair.
     *
     * <p>Lines are given one at a time, in order, on virtual threads; no more is read while one is looked at.
     *
     * @param idle after how long without a byte the connection counts as dead
     * @return completed when the answer has begun successfully, failed when it did not within the deadline
     */
    public CompletionStage<LineStream> stream(ApiRequest request, Duration idle, LineStream.Reader reader) {
        return LineStream.open(this, request, reader, deadline, idle);
    }

    @Override
    public void close() {
        if (owned) {
            http.close();
        }
    }

    /** Sends a request once. */
    CompletableFuture<HttpResponse<byte[]>> sendOnce(ApiRequest request, Duration timeout) {
        return http.sendAsync(build(request).timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).build(), byte[].class);
    }

    /** What is written in a team's name comes in bulk; what we write in our own must not wait for that. */
    private @Nullable WriteLimit limitOf(ApiRequest request) {
        return impersonated == null || request.method().equals("GET")
                ? null
                : limits.computeIfAbsent(impersonated, any -> new WriteLimit(System::nanoTime, VIRTUAL_THREADS));
    }

    boolean isClosed() {
        return http.isClosed();
    }

    HttpClient http() {
        return http;
    }

    Executor executor() {
        return VIRTUAL_THREADS;
    }

    HttpRequest.Builder build(ApiRequest request) {
        HttpRequest.Builder builder = http.newHttpRequestBuilder()
                .uri(base + request.path())
                .setHeader("Accept", request.accept());
        if (impersonated != null) {
            builder.setHeader("Impersonate-User", impersonated);
        }
        return request.body() == null
                ? builder.method(request.method(), null, null)
                : builder.method(request.method(), request.contentType(), request.body());
    }
}
