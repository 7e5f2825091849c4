package dev.tenantry.secretsservice.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

import dev.tenantry.access.http.OwnAccess;
import io.micrometer.prometheus.PrometheusMeterRegistry;

/** The metrics at the path where scrapers of the original controller ask for them; /q/metrics has the same. */
@Path("/metrics")
@OwnAccess("it tells what /q/metrics tells")
public class MetricsResource {

    private final PrometheusMeterRegistry registry;

    MetricsResource(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "Asked through the API server's proxy")
    public String metrics() {
        return registry.scrape();
    }
}
