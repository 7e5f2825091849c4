package dev.tenantry.gitwatcher.http;

import jakarta.ws.rs.core.Response;

import dev.tenantry.access.http.Problem;

/** Turn expected failures of a request into problem JSON. */
final class Problems {

    private Problems() {}

    static Response of(Response.Status status, Exception cause) {
        return Problem.of(status, cause.getMessage()).response().build();
    }
}
