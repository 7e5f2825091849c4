package dev.tenantry.secretsservice.http;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times what kubeseal asks, as the original controller does. */
@Provider
@Timed
public class TimedFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String BEGUN = TimedFilter.class.getName();

    private final MeterRegistry registry;

    TimedFilter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(BEGUN, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = "/" + request.getUriInfo().getPath().replaceFirst("^/", "");
        String method = request.getMethod().toLowerCase(Locale.ROOT);
        registry.counter("sealed_secrets_controller.http.requests", "path", path, "code",
                Integer.toString(response.getStatus()), "method", method).increment();
        if (request.getProperty(BEGUN) instanceof Long begun) {
            Timer.builder("sealed_secrets_controller.http.request.duration")
                    .description("How long requests took")
                    .publishPercentileHistogram()
                    .tags("path", path, "method", method)
                    .register(registry)
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
