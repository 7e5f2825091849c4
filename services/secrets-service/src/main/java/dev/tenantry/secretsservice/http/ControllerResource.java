package dev.tenantry.secretsservice.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.tenantry.access.http.OwnAccess;
import dev.tenantry.access.http.Problem;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.sealing.Resealed;
import dev.tenantry.secretsservice.sealing.Resealer;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Unsealer;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;

/** What kubeseal asks of the original controller, at the same paths. Nothing here tells a plaintext. */
@Path("/v1")
@Blocking
@Timed
@Tag(name = "kubeseal", description = "What kubeseal asks for")
@OwnAccess("as with the original controller, everybody may seal, and nobody is told what is sealed")
public class ControllerResource {

    static final String PEM = "application/x-pem-file";
    private static final String TOO_MANY = "Called too often: try again in a second.";
    private static final String OTHERS = "Others are being answered: try again in a second.";

    private final Keys keys;
    private final Unsealer unsealer;
    private final Resealer resealer;
    private final RequestLimit limit;
    private final int mostBytes;

    ControllerResource(Keys keys, Unsealer unsealer, SecretsServiceConfig config, RequestLimit limit) {
        this.keys = keys;
        this.unsealer = unsealer;
        this.resealer = new Resealer(config.acceptOldData());
        this.limit = limit;
        this.mostBytes = config.http().mostBytes();
    }

    @GET
    @Path("cert.pem")
    @Produces(PEM)
    @Operation(summary = "Give the certificate to seal with")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "503", description = "There is no key yet")
    public Response certificate(
            @Parameter(description = "The namespace of the Secret, where a key may be limited to it; the cluster's key when absent")
            @QueryParam("namespace")
            @Nullable String namespace) {
        Optional<SealingKey> key = keys.ring().sealing(namespace == null ? "" : namespace);
        return key.map(each -> Response.ok(Pem.write(each.pair().certificate()), PEM).build())
                .orElseGet(() -> problem(Status.SERVICE_UNAVAILABLE,
                        "There is no sealing key yet: try again in a moment."));
    }

    @POST
    @Path("verify")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Tell whether the values of a SealedSecret can be opened; its templates are not tried")
    @APIResponse(responseCode = "200", description = "It can")
    @APIResponse(responseCode = "400", description = "It is no SealedSecret")
    @APIResponse(responseCode = "409", description = "It cannot")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "429", description = "Called too often")
    public Response verify(@Context HttpHeaders headers, @Context HttpServerRequest request, InputStream body)
            throws IOException {
        return answer("verify", headers, request, body,
                object -> unsealer.verify(SealedContent.of(object), keys.ring()).isEmpty()
                        ? Response.ok().build()
                        : Response.status(Status.CONFLICT).build());
    }

    @POST
    @Path("rotate")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Seal a SealedSecret again with the newest key, in the same scope")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "It is no SealedSecret")
    @APIResponse(responseCode = "409", description = "It cannot be opened")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "429", description = "Called too often")
    public Response rotate(@Context HttpHeaders headers, @Context HttpServerRequest request, InputStream body)
            throws IOException {
        return answer("rotate", headers, request, body, object -> switch (resealer.reseal(object, keys.ring())) {
            case Resealed.Done done -> Response.ok(done.sealed().toJson(), MediaType.APPLICATION_JSON).build();
            case Resealed.Refused refused -> problem(Status.CONFLICT, refused.message());
        });
    }

    /** What is done with a SealedSecret that somebody sent. */
    private interface Work {

        Response with(Manifest object);
    }

    private Response answer(String path, HttpHeaders headers, HttpServerRequest request, InputStream body, Work work)
            throws IOException {
        if (!limit.allows(path, request.remoteAddress().host(), headers.getHeaderString("X-Forwarded-For"))) {
            return problem(Status.TOO_MANY_REQUESTS, TOO_MANY);
        }
        if (!limit.beginReading()) {
            return problem(Status.TOO_MANY_REQUESTS, OTHERS);
        }
        byte[] bytes;
        try {
            bytes = body.readNBytes(mostBytes + 1);
        } finally {
            limit.endReading();
        }
        if (bytes.length > mostBytes) {
            return problem(Status.REQUEST_ENTITY_TOO_LARGE, "A body has at most " + mostBytes + " bytes.");
        }
        if (!limit.begin()) {
            return problem(Status.TOO_MANY_REQUESTS, OTHERS);
        }
        try {
            return work.with(PostedObject.read(bytes));
        } catch (IllegalArgumentException e) {
            return problem(Status.BAD_REQUEST, e.getMessage());
        } finally {
            limit.end();
        }
    }

    private static Response problem(Status status, @Nullable String detail) {
        return Problem.of(status, String.valueOf(detail)).response().build();
    }
}
