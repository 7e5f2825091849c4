package dev.tenantry.gitwatcher.http;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.tenantry.access.http.Problem;
import dev.tenantry.gitwatcher.store.HistoryUnavailableException;

/** Tell callers that there is no history at the moment, as problem JSON. */
class HistoryMapper {

    @ServerExceptionMapper
    Response unavailable(HistoryUnavailableException e) {
        return Problem.of(Response.Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())).response().build();
    }
}
