package dev.tenantry.access.http;

import java.util.concurrent.CompletionException;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;

/** Turn what resources throw at their callers into problem JSON, for all services of the process. */
class ProblemMapper {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);

    /** {@link NotFoundException} is named since Quarkus has a mapper of its own for it in tests. */
    @ServerExceptionMapper({WebApplicationException.class, NotFoundException.class})
    Response problem(WebApplicationException e) {
        Response response = e.getResponse();
        if (response.hasEntity() || response.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
            return response;
        }
        var status = response.getStatusInfo();
        var problem = new Problem(status.getStatusCode(), status.getReasonPhrase(), String.valueOf(e.getMessage()));
        Response.ResponseBuilder builder = problem.response();
        response.getHeaders().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    /** Callers ask for rights, and what they wait for may be the API server. */
    @ServerExceptionMapper({ApiException.class, CompletionException.class})
    Response unavailable(RuntimeException e) {
        return ApiException.errorOf(e).map(ProblemMapper::unavailable).orElseGet(() -> {
            LOGGER.error("a request failed unexpectedly", e);
            return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "This is a bug; the service's log has more.")
                    .response()
                    .build();
        });
    }

    static Response unavailable(ApiError error) {
        return Problem.of(Response.Status.SERVICE_UNAVAILABLE,
                "The Kubernetes API server could not be asked who may do this: " + error.message()
                        + ". Try again in a moment.")
                .response()
                .build();
    }
}
