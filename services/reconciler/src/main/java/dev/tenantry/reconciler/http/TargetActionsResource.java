package dev.tenantry.reconciler.http;

import java.util.List;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tenantry.access.http.RequiresAccess;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.reconciler.Comparison;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.Targets;
import dev.tenantry.reconciler.compare.Difference;
import dev.tenantry.reconciler.kube.RunRequests;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What can be asked of a Kustomization: to run, and what a run would do. */
@Path("/reconciler/targets/{namespace}/{name}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(ref = TargetsResource.TAG)
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "404", description = "There is no such Kustomization")
class TargetActionsResource {

    private static final long RETRY_AFTER_SECONDS = 10;

    private final Targets targets;
    private final Reconciler reconciler;
    private final Comparison comparison;
    private final Rights rights;
    private final RunRequests requests;

    TargetActionsResource(Targets targets, Reconciler reconciler, Comparison comparison, Rights rights,
            RunRequests requests) {
        this.targets = targets;
        this.reconciler = reconciler;
        this.comparison = comparison;
        this.rights = rights;
        this.requests = requests;
    }

    @POST
    @Path("reconcile")
    @RequiresAccess(verb = "patch", group = Target.GROUP, resource = TargetsResource.KUSTOMIZATIONS)
    @Operation(summary = "Ask for a full run of a target", description = "All objects are built and applied again, "
            + "whatever is remembered of them. The run happens when it is the team's turn, after the answer.")
    @APIResponse(responseCode = "202", description = "The run will happen")
    @APIResponse(responseCode = "403", description = "The caller may not patch the Kustomization")
    @APIResponse(responseCode = "409", description = "The target is suspended, so it does not run")
    @APIResponse(responseCode = "503", description = "The API server does not answer")
    public Response reconcile(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Target target = TargetsResource.find(targets, namespace, name);
        if (target.spec().suspend()) {
            throw new ClientErrorException("Kustomization " + target.name() + " is suspended: resume it first.",
                    Response.Status.CONFLICT);
        }
        if (!reconciler.owns(target.name()) || !reconciler.request(target.name())) {
            requests.request(target.name()).ifPresent(error -> fail(target, error));
        }
        return Response.accepted().build();
    }

    private static void fail(Target target, ApiError error) {
        if (error.isNotFound()) {
            throw new NotFoundException("There is no Kustomization " + target.name() + " any more.");
        }
        throw new ServiceUnavailableException("The Kubernetes API server did not take the request: " + error.message());
    }

    @GET
    @Path("diff")
    @RequiresAccess(verb = "get", group = Target.GROUP, resource = TargetsResource.KUSTOMIZATIONS)
    @Operation(summary = "Show what a run of a target would change now, and why", description = "Renders the revision that "
            + "the source has now, plans as a run does, and lets the API server try each apply as the target's own "
            + "account, without changing anything. Shown is only what the caller may get. Secrets' values are masked.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller may not get the Kustomization")
    @APIResponse(responseCode = "409", description = "Nothing can be rendered; the detail says why")
    @APIResponse(responseCode = "503", description = "Too many others ask for diffs, or the API server does not answer")
    public DiffView diff(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Target target = TargetsResource.find(targets, namespace, name);
        return switch (comparison.compare(target)) {
            case Comparison.Compared compared -> view(target, compared);
            case Comparison.Incomparable incomparable -> throw new ClientErrorException(
                    incomparable.outcome().reason() + ": " + incomparable.outcome().message(),
                    Response.Status.CONFLICT);
            case Comparison.Busy busy -> throw new ServiceUnavailableException(
                    "Too many diffs are being made. Try again in a moment.", RETRY_AFTER_SECONDS);
        };
    }

    private DiffView view(Target target, Comparison.Compared compared) {
        List<Difference> visible = rights.visible(compared.differences());
        Outcome obstacle = compared.obstacle();
        return new DiffView(compared.revision(), target.spec().suspend(),
                obstacle == null
                        ? null
                        : new DiffView.Obstacle(OutcomeWord.of(obstacle), obstacle.reason(), obstacle.message()),
                compared.unchanged(), compared.differences().size() - visible.size(),
                visible.stream().map(DifferenceView::of).toList());
    }
}
