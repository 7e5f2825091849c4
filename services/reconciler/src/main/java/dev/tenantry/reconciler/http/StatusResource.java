package dev.tenantry.reconciler.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tenantry.access.http.Authenticated;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.Targets;
import dev.tenantry.reconciler.queue.WorkQueue;
import io.smallrye.common.annotation.Identifier;

/** How this replica is. */
@Path("/reconciler/status")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(ref = TargetsResource.TAG)
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "200")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "503", description = "The API server cannot be asked who the caller is")
class StatusResource {

    private final Ownership ownership;
    private final Targets targets;
    private final Reconciler reconciler;
    private final WorkQueue queue;

    StatusResource(@Identifier("reconciler") Ownership ownership, Targets targets, Reconciler reconciler,
            WorkQueue queue) {
        this.ownership = ownership;
        this.targets = targets;
        this.reconciler = reconciler;
        this.queue = queue;
    }

    @GET
    @Operation(summary = "Show what the replica that answers works on")
    public StatusView show() {
        var known = targets.all();
        int owned = (int) known.stream().filter(target -> reconciler.owns(target.name())).count();
        return new StatusView(ownership.describe(), ownership.partitions().stream().sorted().toList(), known.size(),
                owned, StatusView.Queue.of(queue.load()));
    }
}
