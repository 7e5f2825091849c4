package dev.tenantry.gitwatcher.http;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.tenantry.access.http.OwnAccess;
import dev.tenantry.access.http.Problem;
import dev.tenantry.git.CommitId;
import dev.tenantry.gitwatcher.artifact.Downloads;
import dev.tenantry.gitwatcher.kube.KubernetesSources;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import io.smallrye.common.annotation.Blocking;

/** Where archives are downloaded, as {@code status.artifact.url} says. */
@Path("/git-watcher/artifacts")
@Blocking
@Tag(name = "content", description = "What was fetched, for those who apply it")
public class ArtifactsResource {

    private static final String TYPE = "application/gzip";
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{40})\\.tar\\.gz");

    private final KubernetesSources sources;
    private final Downloads downloads;

    ArtifactsResource(KubernetesSources sources, Downloads downloads) {
        this.sources = sources;
        this.downloads = downloads;
    }

    @GET
    @Path("{signature}/gitrepository/{namespace}/{name}/{file}")
    @Produces(TYPE)
    @OwnAccess("the URL is signed, and written nowhere but in the object's status")
    @Operation(summary = "Download the archive of a source's revision, by the URL in its status")
    public Response download(@PathParam("signature") String signature, @PathParam("namespace") String namespace,
            @PathParam("name") String name, @PathParam("file") String file) throws IOException {
        Matcher commit = FILE.matcher(file);
        Optional<Source> source = sources.known(new NamespacedName(namespace, name)).filter(found -> commit.matches());
        Optional<Downloads.Archive> made = source.isEmpty()
                ? Optional.empty()
                : downloads.make(source.get(), new CommitId(commit.group(1)), signature);
        if (made.isEmpty()) {
            return none();
        }
        Downloads.Archive archive = made.get();
        StreamingOutput body = out -> {
            try {
                Files.copy(archive.file(), out);
            } finally {
                Files.deleteIfExists(archive.file());
            }
        };
        return described(Response.ok(body), archive.tarball().size(), archive.tarball().digest());
    }

    /** Without this, a HEAD would make the archive, and nobody would take it. */
    @HEAD
    @Path("{signature}/gitrepository/{namespace}/{name}/{file}")
    @Produces(TYPE)
    @OwnAccess("the URL is signed, and written nowhere but in the object's status")
    @Operation(summary = "Ask for size and digest of an archive, by the URL in its status")
    public Response describe(@PathParam("signature") String signature, @PathParam("namespace") String namespace,
            @PathParam("name") String name, @PathParam("file") String file) {
        Matcher commit = FILE.matcher(file);
        return sources.known(new NamespacedName(namespace, name))
                .filter(found -> commit.matches())
                .flatMap(source -> downloads.find(source, new CommitId(commit.group(1)), signature))
                .map(artifact -> described(Response.ok().type(TYPE), artifact.size(), artifact.digest()))
                .orElseGet(ArtifactsResource::none);
    }

    private static Response described(Response.ResponseBuilder answer, @Nullable Long size, String digest) {
        return answer.header(HttpHeaders.CONTENT_LENGTH, size).header(HttpHeaders.ETAG, '"' + digest + '"').build();
    }

    private static Response none() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no such archive: read the object's status again.")
                .response()
                .build();
    }
}
