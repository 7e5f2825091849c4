package dev.tenantry.testkit.api;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;

/** Answers the API server's service proxy for Services whose pods are processes of a test. */
final class ServiceRoutes {

    // As in https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services: scheme:name:port
    private static final Pattern PROXY = Pattern.compile(
            "/api/v1/namespaces/([^/]+)/services/(?:https?:)?([^/:]+)(?::[^/]*)?/proxy(/.*)?");

    private final Map<String, URI> backends = new ConcurrentHashMap<>();
    private final HttpClient client;

    ServiceRoutes(Vertx vertx) {
        this.client = vertx.createHttpClient();
    }

    void add(String namespace, String service, URI backend) {
        backends.put(namespace + "/" + service, backend);
    }

    /** Pass a request on, if it is for one of the Services; tells whether it is. */
    boolean pass(HttpServerRequest request, Buffer body) {
        Matcher path = PROXY.matcher(request.uri().replace("%3A", ":"));
        Optional<URI> backend = path.matches()
                ? Optional.ofNullable(backends.get(path.group(1) + "/" + path.group(2)))
                : Optional.empty();
        backend.ifPresent(uri -> pass(request, body, uri, path.group(3) == null ? "/" : path.group(3)));
        return backend.isPresent();
    }

    private void pass(HttpServerRequest request, Buffer body, URI backend, String path) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.valueOf(request.method().name()))
                .setHost(backend.getHost())
                .setPort(backend.getPort())
                .setURI(path);
        client.request(options).compose(forward -> {
            String contentType = request.getHeader("Content-Type");
            if (contentType != null) {
                forward.putHeader("Content-Type", contentType);
            }
            return forward.putHeader("X-Forwarded-For", request.remoteAddress().host())
                    .putHeader("X-Forwarded-Uri", request.path())
                    .send(body);
        }).compose(answer -> answer.body().map(content -> {
            request.response().setStatusCode(answer.statusCode());
            String contentType = answer.getHeader("Content-Type");
            if (contentType != null) {
                request.response().putHeader("Content-Type", contentType);
            }
            return content;
        }))
                .onComplete(content -> request.response().end(content),
                        failure -> request.response().setStatusCode(503).end("The backend does not answer"));
    }
}
