package dev.tenantry.access.http;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turn what resources throw at their callers into problem JSON, for all services of the process. */
class ProblemMapper {

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
}
