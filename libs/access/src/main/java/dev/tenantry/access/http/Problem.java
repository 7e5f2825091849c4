package dev.tenantry.access.http;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Say what is wrong with a request, as RFC 9457 problem JSON.
 *
 * @param status the HTTP status
 * @param title the kind of problem, the same for all of its kind
 * @param detail what is wrong with this request and what to do, for people
 */
public record Problem(int status, String title, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Describe a problem by the standard title of its status. */
    public static Problem of(Response.Status status, String detail) {
        return new Problem(status.getStatusCode(), status.getReasonPhrase(), detail);
    }

    /** Begin a response that tells the problem, to be given further headers. */
    public Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(json());
    }

    /** Return what the body of a response says, for those that no resource gives. */
    public String json() {
        return JsonNodeFactory.instance.objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toString();
    }
}
