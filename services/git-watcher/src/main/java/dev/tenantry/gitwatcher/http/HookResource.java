package dev.tenantry.gitwatcher.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tenantry.access.http.OwnAccess;
import dev.tenantry.access.http.Problem;
import dev.tenantry.events.trace.Traceparent;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.WebhookIntake;
import dev.tenantry.gitwatcher.webhook.Webhook;
import dev.tenantry.gitwatcher.webhook.WebhookPath;
import dev.tenantry.kubernetes.api.ApiException;
import io.smallrye.common.annotation.Blocking;

/** Where push webhooks come in. */
@Path("/hook")
@Tag(name = "webhooks", description = "Push webhooks of Receiver objects")
public class HookResource {

    private final WebhookIntake intake;
    private final int mostBytes;

    HookResource(WebhookIntake intake, GitWatcherConfig config) {
        this.intake = intake;
        this.mostBytes = config.webhooks().mostBytes();
    }

    @POST
    @Path("{digest}")
    @Consumes(MediaType.WILDCARD)
    @Blocking
    @OwnAccess("the path is secret, and most types sign the body")
    @Operation(summary = "Announce a push to the objects of a Receiver; its status names the path")
    @APIResponse(responseCode = "200", description = "Taken; what it asks for is done after the answer")
    @APIResponse(responseCode = "401", description = "Not signed with the receiver's token")
    @APIResponse(responseCode = "404", description = "No such receiver")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "429", description = "Called too often")
    @APIResponse(responseCode = "503", description = "The token cannot be read now; the call may be repeated")
    public Response call(@PathParam("digest") String digest, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            return problem(Status.REQUEST_ENTITY_TOO_LARGE, "A webhook's body has at most " + mostBytes + " bytes.");
        }
        try {
            WebhookIntake.Answer answer = intake.take(
                    new WebhookPath(digest), new Webhook(first(headers), bytes), Traceparent.current());
            return switch (answer) {
                case ACCEPTED -> Response.ok("accepted\n", MediaType.TEXT_PLAIN_TYPE).build();
                case IGNORED -> Response.ok("ignored: not an event that the receiver listens to\n",
                        MediaType.TEXT_PLAIN_TYPE).build();
                case REFUSED -> problem(Status.UNAUTHORIZED, "The call is not signed with the receiver's token.");
                case UNKNOWN -> problem(Status.NOT_FOUND, "There is no receiver here: see its status.webhookPath.");
                case TOO_MANY -> problem(Status.TOO_MANY_REQUESTS, "The receiver is called too often.");
            };
        } catch (ApiException e) {
            return problem(Status.SERVICE_UNAVAILABLE, "The call cannot be verified now. Try again in a moment.");
        }
    }

    private static Map<String, String> first(HttpHeaders headers) {
        Map<String, String> first = new HashMap<>();
        headers.getRequestHeaders().forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }

    private static Response problem(Status status, String detail) {
        return Problem.of(status, detail).response().build();
    }
}
