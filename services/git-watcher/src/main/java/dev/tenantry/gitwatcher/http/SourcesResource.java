package dev.tenantry.gitwatcher.http;

import java.util.Comparator;
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
import dev.tenantry.gitwatcher.kube.KubernetesSources;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.store.FetchEntity;
import dev.tenantry.gitwatcher.store.History;
import dev.tenantry.gitwatcher.store.RevisionEntity;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepository;
import io.smallrye.common.annotation.Blocking;

/** The sources that are watched, and what came of them. */
@Path("/git-watcher/sources")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "sources", description = "What is watched, and what came of it")
@SecurityRequirement(name = "bearer")
@APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
@APIResponse(responseCode = "503", description = "The API server cannot be asked who may")
public class SourcesResource {

    private static final String RESOURCE = "gitrepositories";
    private static final String NOBODY_TO_ASK = "The API server cannot be asked who may, or Postgres does not answer";

    private final KubernetesSources sources;
    private final History history;
    private final Caller caller;

    SourcesResource(KubernetesSources sources, History history, Caller caller) {
        this.sources = sources;
        this.history = history;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List the sources that the caller may see, by namespace and name", description = Page.OF_WHAT_IS_VISIBLE)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    public Page<SourceView> list(
            @Parameter(description = "Only those of a namespace") @QueryParam("namespace") @Nullable String namespace,
            @BeanParam PageQuery query) {
        List<Source> wanted = sources.all()
                .stream()
                .filter(source -> namespace == null || namespace.equals(source.name().namespace()))
                .sorted(Comparator.comparing(Source::name))
                .toList();
        List<Source> visible = caller.visible(wanted, source -> new Permission("get", GitRepository.GROUP, RESOURCE,
                source.name().namespace(), source.name().name())).toCompletableFuture().join();
        return query.of(visible).map(SourceView::of);
    }

    @GET
    @Path("{namespace}/{name}")
    @RequiresAccess(verb = "get", group = GitRepository.GROUP, resource = RESOURCE)
    @Operation(summary = "Show a source")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller may not get the GitRepository")
    @APIResponse(responseCode = "404", description = "There is no such GitRepository")
    public SourceView show(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return sources.known(new NamespacedName(namespace, name))
                .map(SourceView::of)
                .orElseThrow(() -> new NotFoundException("There is no GitRepository " + namespace + "/" + name + "."));
    }

    @GET
    @Path("{namespace}/{name}/revisions")
    @RequiresAccess(verb = "get", group = GitRepository.GROUP, resource = RESOURCE)
    @Operation(summary = "List the revisions that a source had, the newest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "403", description = "The caller may not get the GitRepository")
    @APIResponse(responseCode = "503", description = NOBODY_TO_ASK)
    public Page<RevisionView> revisions(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @BeanParam PageQuery query) {
        History.Part<RevisionEntity> part = history.revisions(new NamespacedName(namespace, name), query.page(),
                query.size());
        return query.holding(part.items(), part.total()).map(RevisionView::of);
    }

    @GET
    @Path("{namespace}/{name}/fetches")
    @RequiresAccess(verb = "get", group = GitRepository.GROUP, resource = RESOURCE)
    @Operation(summary = "List the looks at a source that found something new or failed, the newest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "403", description = "The caller may not get the GitRepository")
    @APIResponse(responseCode = "503", description = NOBODY_TO_ASK)
    public Page<FetchView> fetches(@PathParam("namespace") String namespace, @PathParam("name") String name,
            @BeanParam PageQuery query) {
        History.Part<FetchEntity> part = history.fetches(new NamespacedName(namespace, name), query.page(),
                query.size());
        return query.holding(part.items(), part.total()).map(FetchView::of);
    }
}
