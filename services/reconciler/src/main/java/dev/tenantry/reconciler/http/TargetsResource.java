package dev.tenantry.reconciler.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.tenantry.access.Caller;
import dev.tenantry.access.Permission;
import dev.tenantry.access.http.Authenticated;
import dev.tenantry.access.http.Page;
import dev.tenantry.access.http.PageQuery;
import dev.tenantry.access.http.Problem;
import dev.tenantry.access.http.RequiresAccess;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.Cluster;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.StatusWriter;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.Targets;
import dev.tenantry.reconciler.inventory.Inventory;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** The Kustomizations of the cluster, and what came of them. */
@Path("/reconciler/targets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RequiresAccess(verb = "get", group = Target.GROUP, resource = TargetsResource.KUSTOMIZATIONS)
@Tag(name = TargetsResource.TAG, description = "Kustomizations: how they are, what they have in the cluster, what their "
        + "runs did, and what a run would change")
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "503", description = "The API server cannot be asked who may, or for the whole inventory")
class TargetsResource {

    /** RFC 9110: the server cannot answer for what was asked of it. */
    private static final int MISDIRECTED = 421;

    static final String TAG = "reconciler";
    static final String KUSTOMIZATIONS = "kustomizations";

    private final Targets targets;
    private final Reconciler reconciler;
    private final StatusWriter statuses;
    private final Cluster cluster;
    private final Caller caller;

    TargetsResource(Targets targets, Reconciler reconciler, StatusWriter statuses, Cluster cluster, Caller caller) {
        this.targets = targets;
        this.reconciler = reconciler;
        this.statuses = statuses;
        this.cluster = cluster;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List the targets that the caller may get, by namespace and name", description = Page.OF_WHAT_IS_VISIBLE)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range, or ready is none of the three")
    public Page<TargetView> list(
            @Parameter(description = "Only those of a namespace") @QueryParam("namespace") @Nullable String namespace,
            @Parameter(description = "Only those whose Ready condition has this status: True, False or Unknown")
            @QueryParam("ready")
            @Nullable String ready,
            @BeanParam PageQuery query) {
        Optional<TargetView.Ready> readiness = readiness(ready);
        List<Target> wanted = targets.all()
                .stream()
                .filter(target -> namespace == null || namespace.equals(target.name().namespace()))
                .filter(target -> readiness.isEmpty() || readiness.get() == TargetView.readiness(target))
                .sorted(Comparator.comparing(Target::name))
                .toList();
        List<Target> visible = caller.visible(wanted, target -> new Permission("get", Target.GROUP, KUSTOMIZATIONS,
                target.name().namespace(), target.name().name())).toCompletableFuture().join();
        return query.of(visible).map(this::view);
    }

    private static Optional<TargetView.Ready> readiness(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        for (TargetView.Ready value : TargetView.Ready.values()) {
            if (value.name().equalsIgnoreCase(text)) {
                return Optional.of(value);
            }
        }
        throw new BadRequestException("ready is True, False or Unknown, not " + text + ".");
    }

    @GET
    @Path("{namespace}/{name}")
    @Operation(summary = "Show a target")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller may not get the Kustomization")
    @APIResponse(responseCode = "404", description = "There is no such Kustomization")
    public TargetView show(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return view(find(namespace, name));
    }

    @GET
    @Path("{namespace}/{name}/inventory")
    @Operation(summary = "List the objects that a target has in the cluster", description = "An object is live or missing "
            + "as the metadata watches of the replica that answers tell, and unknown where it does not follow the kind.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "403", description = "The caller may not get the Kustomization")
    @APIResponse(responseCode = "404", description = "There is no such Kustomization")
    public Page<InventoryView> inventory(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @BeanParam PageQuery query) {
        var entries = new ArrayList<>(inventory(find(namespace, name)).entries().entrySet());
        return query.of(entries).map(entry -> InventoryView.of(entry, cluster));
    }

    @GET
    @Path("{namespace}/{name}/runs")
    @Operation(summary = "List the last runs of a target, the newest first", description = "Only the replica that works "
            + "on the target remembers them, since its own start; status.history of the Kustomization outlives it.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "403", description = "The caller may not get the Kustomization")
    @APIResponse(responseCode = "404", description = "There is no such Kustomization")
    @APIResponse(responseCode = "421", description = "Another replica works on the target: ask the others")
    public Page<RunView> runs(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @BeanParam PageQuery query) {
        return query.of(reconciler.runs(findOwned(namespace, name))).map(RunView::of);
    }

    @GET
    @Path("{namespace}/{name}/inputs")
    @Operation(summary = "List what of its source a target's last build depends on", description = "In the order in which "
            + "the build asked for it. Only the replica that works on the target remembers it. A commit after which all "
            + "answers are the same costs neither build nor apply.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "403", description = "The caller may not get the Kustomization")
    @APIResponse(responseCode = "404", description = "There is no such Kustomization")
    @APIResponse(responseCode = "421", description = "Another replica works on the target: ask the others")
    public Page<InputView> inputs(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @BeanParam PageQuery query) {
        var answers = reconciler.lastBuild(findOwned(namespace, name))
                .map(build -> build.inputs().answers())
                .orElse(List.of());
        return query.of(answers).map(InputView::of);
    }

    private TargetView view(Target target) {
        // What is shown of one target is not to keep all others from being shown.
        Target whole = statuses.complete(target) instanceof StatusWriter.Read read ? read.target() : target;
        return TargetView.of(whole, reconciler.owns(target.name()));
    }

    private Inventory inventory(Target target) {
        return switch (statuses.complete(target)) {
            case StatusWriter.Read read -> Inventory.of(read.target().status());
            case StatusWriter.Unread unread -> throw new ServiceUnavailableException(unread.message());
        };
    }

    private Target find(String namespace, String name) {
        return find(targets, namespace, name);
    }

    /** Find a target that this replica works on: of others it remembers nothing. */
    private NamespacedName findOwned(String namespace, String name) {
        NamespacedName target = find(namespace, name).name();
        if (!reconciler.owns(target)) {
            throw new WebApplicationException(new Problem(MISDIRECTED, "Misdirected Request",
                    "Another replica works on Kustomization " + target
                            + ", and only that one remembers this: ask the others.")
                    .response()
                    .build());
        }
        return target;
    }

    /** @throws NotFoundException where there is none */
    static Target find(Targets targets, String namespace, String name) {
        return targets.find(new NamespacedName(namespace, name))
                .orElseThrow(() -> new NotFoundException("There is no Kustomization " + namespace + "/" + name + "."));
    }
}
