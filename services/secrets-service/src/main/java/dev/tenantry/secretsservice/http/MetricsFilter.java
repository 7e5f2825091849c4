package dev.tenantry.secretsservice.http;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;

import dev.tenantry.access.http.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps the metrics, which name namespaces and SealedSecrets, from whoever comes through the API server's proxy: for
 * kubeseal's sake that is everybody whom the cluster knows, and the right to a Service's proxy is one to all its paths.
 *
 * <p>The original controller has them on another port, which that right does not lead to. Whoever reaches the pod itself
 * is told.
 */
@Singleton
class MetricsFilter {

    private static final List<String> METRICS = List.of("/metrics", "/q/metrics");
    /**
     * The API server sets it, whatever a client wrote there; except on a request to change the protocol, whose answer it
     * passes on only if the protocol does change. That it never does is set in this service's configuration.
     */
    private static final String PROXIED = "X-Forwarded-Uri";
    private static final Problem REFUSED = Problem.of(Status.FORBIDDEN,
            "Metrics are not told through a proxy: ask a pod itself, as Prometheus does.");
    /** Before the routes of Quarkus. */
    private static final int PRIORITY = 100;

    void register(@Observes Filters filters) {
        filters.register(MetricsFilter::filter, PRIORITY);
    }

    private static void filter(RoutingContext call) {
        String path = call.normalizedPath();
        if (call.request().headers().contains(PROXIED) && METRICS.stream().anyMatch(path::startsWith)) {
            call.response()
                    .setStatusCode(REFUSED.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(REFUSED.json());
        } else {
            call.next();
        }
    }
}
