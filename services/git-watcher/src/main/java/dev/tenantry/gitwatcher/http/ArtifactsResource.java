package dev.tenantry.gitwatcher.http;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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

    private static final Pattern FILE = Pattern.compile("([0-9a-f]{40})\\.tar\\.gz");

    private final KubernetesSources sources;
    private final Downloads downloads;

    ArtifactsResource(KubernetesSources sources, Downloads downloads) {
        this.sources = sources;
        this.downloads = downloads;
    }

    @GET
    @Path("{signature}/gitrepository/{namespace}/{name}/{file}")
    @Produces("application/gzip")
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
            return Problem.of(Response.Status.NOT_FOUND, "There is no such archive: read the object's status again.")
                    .response()
                    .build();
        }
        Downloads.Archive archive = made.get();
        StreamingOutput body = out -> {
            try {
                Files.copy(archive.file(), out);
            } finally {
                Files.deleteIfExists(archive.file());
            }
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_LENGTH, archive.tarball().size())
                .header(HttpHeaders.ETAG, '"' + archive.tarball().digest() + '"')
                .build();
    }
}
