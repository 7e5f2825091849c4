package dev.tenantry.gitwatcher.http;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import dev.tenantry.gitwatcher.store.DeliveryEntity;
import dev.tenantry.gitwatcher.store.History;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.Receiver;
import io.smallrye.common.annotation.Blocking;

/** The calls of webhooks. */
@Path("/git-watcher/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "webhooks")
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "503", description = "The API server cannot be asked who may, or Postgres does not answer")
public class DeliveriesResource {

    private final History history;
    private final Caller caller;

    DeliveriesResource(History history, Caller caller) {
        this.history = history;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List the calls of receivers that the caller may see, the newest first", description = Page.OF_WHAT_IS_VISIBLE)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    public Page<DeliveryView> list(
            @Parameter(description = "Only those of a namespace") @QueryParam("namespace") @Nullable String namespace,
            @BeanParam PageQuery query) {
        List<NamespacedName> wanted = history.receivers()
                .stream()
                .filter(receiver -> namespace == null || namespace.equals(receiver.namespace()))
                .toList();
        List<NamespacedName> visible = caller.visible(wanted, receiver -> new Permission("get", Receiver.GROUP,
                "receivers", receiver.namespace(), receiver.name())).toCompletableFuture().join();
        History.Part<DeliveryEntity> part = history.deliveries(visible, query.page(), query.size());
        return query.holding(part.items(), part.total()).map(DeliveryView::of);
    }
}
