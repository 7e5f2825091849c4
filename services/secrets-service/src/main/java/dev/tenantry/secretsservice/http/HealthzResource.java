package dev.tenantry.secretsservice.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import dev.tenantry.access.http.OwnAccess;

/** The health check of the original controller, for probes that are set to it. */
@Path("/healthz")
@OwnAccess("it tells nothing but that the process answers")
public class HealthzResource {

    HealthzResource() {}

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String healthz() {
        return "ok\n";
    }
}
