package dev.tenantry.secretsservice.http;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import dev.tenantry.access.http.RequiresAccess;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.secretsservice.Report;
import dev.tenantry.secretsservice.SealedSecrets;
import io.smallrye.common.annotation.Blocking;

/** The SealedSecrets, what came of them, and which keys they need. */
@Path("/secrets-service/sealed-secrets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "sealed-secrets", description = "SealedSecrets, what came of them, and which keys they need")
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "503", description = "The API server cannot be asked who may")
public class SealedSecretsResource {

    private static final String RESOURCE = "sealedsecrets";

    private final SealedSecrets sealedSecrets;
    private final Report report;
    private final Caller caller;

    SealedSecretsResource(SealedSecrets sealedSecrets, Report report, Caller caller) {
        this.sealedSecrets = sealedSecrets;
        this.report = report;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List the SealedSecrets that the caller may see, by namespace and name", description = Page.OF_WHAT_IS_VISIBLE)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    public Page<SealedSecretView> list(
            @Parameter(description = "Only those of a namespace") @QueryParam("namespace") @Nullable String namespace,
            @Parameter(description = "Only those that need a key which has a successor: to be sealed again")
            @QueryParam("oldKey") boolean oldKey,
            @Parameter(description = "Only those that need a key of this fingerprint")
            @QueryParam("key")
            @Nullable String key,
            @BeanParam PageQuery query) {
        List<Report.Entry> wanted = report.entries()
                .stream()
                .filter(entry -> namespace == null || namespace.equals(entry.sealed().name().namespace()))
                .filter(entry -> !oldKey || !entry.old().isEmpty())
                .filter(entry -> key == null || entry.sealedWith().stream().anyMatch(each -> each.text().equals(key)))
                .toList();
        List<Report.Entry> visible = caller.visible(wanted, entry -> new Permission("get", SealedSecret.GROUP, RESOURCE,
                entry.sealed().name().namespace(), entry.sealed().name().name())).toCompletableFuture().join();
        return query.of(visible).map(SealedSecretView::of);
    }

    @GET
    @Path("{namespace}/{name}")
    @RequiresAccess(verb = "get", group = SealedSecret.GROUP, resource = RESOURCE)
    @Operation(summary = "Show a SealedSecret")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller may not get the SealedSecret")
    @APIResponse(responseCode = "404", description = "There is no such SealedSecret")
    public SealedSecretView show(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return sealedSecrets.known(new NamespacedName(namespace, name))
                .map(report::entry)
                .map(SealedSecretView::of)
                .orElseThrow(() -> new NotFoundException("There is no SealedSecret " + namespace + "/" + name + "."));
    }
}
