package dev.tenantry.gitwatcher.http;

import java.io.InputStream;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.tenantry.access.http.OwnAccess;
import dev.tenantry.access.http.Problem;
import dev.tenantry.git.ContentServer;
import dev.tenantry.gitwatcher.ContentSupply;
import dev.tenantry.kubernetes.NamespacedName;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;

/** Where other services fetch what was fetched, by git's own protocol. */
@Path("/git-watcher/git/{namespace}/{name}")
@Blocking
@Tag(name = "content")
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "200", description = "What git's protocol answers")
@APIResponse(responseCode = "401", description = "No token, or none for the audience git-watcher")
@APIResponse(responseCode = "404", description = "There is no content of such a source at this replica")
@APIResponse(responseCode = "503", description = "The API server cannot be asked whose token it is")
public class GitResource {

    private static final String NO_CACHE = "no-cache, max-age=0, must-revalidate";

    private final ConsumerGate gate;
    private final ContentSupply supply;
    private final ContentServer server;

    GitResource(ConsumerGate gate, ContentSupply supply, ContentServer server) {
        this.gate = gate;
        this.supply = supply;
        this.server = server;
    }

    @GET
    @Path("info/refs")
    @Produces(ContentServer.ADVERTISEMENT_TYPE)
    @OwnAccess("a token for the audience git-watcher, of a named consumer")
    @Operation(summary = "Begin a fetch of a source's content (git smart HTTP)")
    @APIResponse(responseCode = "403", description = "The caller is no named consumer, or asks for another service than "
            + "git-upload-pack")
    public Response refs(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @QueryParam("service") @Nullable String service, @HeaderParam("Git-Protocol") @Nullable String protocol,
            @Context HttpServerRequest request) {
        if (!ContentServer.SERVICE.equals(service)) {
            return Problem.of(Response.Status.FORBIDDEN, "Only " + ContentServer.SERVICE + " is served here.")
                    .response()
                    .build();
        }
        NamespacedName source = new NamespacedName(namespace, name);
        return refusal(request, source).orElseGet(() -> stream(
                out -> server.advertise(ContentSupply.id(source), protocol, out)));
    }

    @POST
    @Path("git-upload-pack")
    @Consumes(ContentServer.REQUEST_TYPE)
    @Produces(ContentServer.RESULT_TYPE)
    @OwnAccess("a token for the audience git-watcher, of a named consumer")
    @Operation(summary = "Fetch objects of a source (git smart HTTP)")
    @APIResponse(responseCode = "403", description = "The caller is no named consumer")
    public Response upload(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @HeaderParam("Git-Protocol") @Nullable String protocol,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding, @Context HttpServerRequest request,
            InputStream body) {
        NamespacedName source = new NamespacedName(namespace, name);
        return refusal(request, source).orElseGet(() -> stream(
                out -> server.upload(ContentSupply.id(source), protocol, encoding, body, out)));
    }

    private Optional<Response> refusal(HttpServerRequest request, NamespacedName source) {
        Optional<Response> refused = gate.refusal(request);
        if (refused.isPresent() || supply.has(source)) {
            return refused;
        }
        return Optional.of(Problem.of(Response.Status.NOT_FOUND, "There is no content of a source " + source + ".")
                .response()
                .build());
    }

    private static Response stream(StreamingOutput body) {
        return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, NO_CACHE).build();
    }
}
