package dev.tenantry.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.jspecify.annotations.Nullable;

/**
 * Serve what a source fetched over git's smart HTTP protocol, read only, to other services ({@link ContentClient}).
 *
 * <p>
 * Only the source's own references are advertised, and only commits reachable from them can be asked for. Who may ask is
 * for the HTTP layer to check before. Each method needs the source to be known ({@link #serves}).
 */
public final class ContentServer {

    /** The query parameter {@code service} of the first request. */
    public static final String SERVICE = "git-upload-pack";
    /** The media type of the answer to {@code GET …/info/refs?service=git-upload-pack}. */
    public static final String ADVERTISEMENT_TYPE = "application/x-git-upload-pack-advertisement";
    /** The media type of the body of {@code POST …/git-upload-pack}. */
    public static final String REQUEST_TYPE = "application/x-git-upload-pack-request";
    /** The media type of the answer to {@code POST …/git-upload-pack}. */
    public static final String RESULT_TYPE = "application/x-git-upload-pack-result";

    /** Far more than a cache of this project ever tells of itself. */
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    private final RepositoryStore store;

    public ContentServer(RepositoryStore store) {
        this.store = store;
    }

    /** Say whether the source has fetched something that can be served. */
    public boolean serves(SourceId source) {
        return store.repositoryOf(source) != null;
    }

    /**
     * Answer {@code GET …/info/refs?service=git-upload-pack}.
     *
     * @param gitProtocol the header {@code Git-Protocol}, or null
     * @throws NoSuchFileException if the source is not known
     */
    public void advertise(SourceId source, @Nullable String gitProtocol, OutputStream out) throws IOException {
        try (BareRepository.Lease lease = repository(source).lease()) {
            PacketLineOut lines = new PacketLineOut(out);
            if (gitProtocol == null) {
                lines.writeString("# service=" + SERVICE + "\n");
                lines.end();
            }
            uploadPack(lease.repository(), source, gitProtocol)
                    .sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), null);
            lines.flush();
        }
    }

    /**
     * Answer {@code POST …/git-upload-pack}. Requests that are not allowed are answered inside the protocol.
     *
     * @param gitProtocol the header {@code Git-Protocol}, or null
     * @param contentEncoding the header {@code Content-Encoding}; {@code gzip} is understood, or null
     * @throws NoSuchFileException if the source is not known
     */
    public void upload(SourceId source, @Nullable String gitProtocol, @Nullable String contentEncoding, InputStream in,
            OutputStream out) throws IOException {
        BareRepository repository = repository(source);
        byte[] request = read("gzip".equals(contentEncoding) ? new GZIPInputStream(in) : in);
        CommitRequest parsed = CommitRequest.parse(request);
        try (BareRepository.Lease lease = repository.lease(); RevWalk walk = new RevWalk(lease.repository())) {
            SourceRefs refs = SourceRefs.of(source);
            for (ObjectId wanted : parsed.wants()) {
                // JGit looks too, but after it has looked into the history, where an unknown commit is an internal error.
                if (refs.find(lease.repository(), walk, new CommitId(wanted.name())) == null) {
                    new PacketLineOut(out).writeString("ERR want " + wanted.name() + " not valid for this source\n");
                    return;
                }
            }
            RevCommit base = parsed.single() ? base(parsed, refs, lease.repository(), walk) : null;
            if (base == null) {
                uploadPack(lease.repository(), source, gitProtocol).upload(new ByteArrayInputStream(request), out,
                        null);
            } else {
                new CommitPack(walk.getObjectReader(), packing(lease.repository()))
                        .write(parsed, walk.parseCommit(parsed.wants().getFirst()), base, out);
            }
        } catch (UploadPackInternalServerErrorException told) {
            // JGit has written the reason into the answer. What the client did wrong is no failure of ours.
            if (told.getCause() instanceof IOException failed && !(failed instanceof PackProtocolException)) {
                throw repository.damagedBy(failed);
            }
        }
        out.flush();
    }

    private BareRepository repository(SourceId source) throws NoSuchFileException {
        BareRepository repository = store.repositoryOf(source);
        if (repository == null) {
            throw new NoSuchFileException(source.toString(), null, "nothing was fetched for this source");
        }
        return repository;
    }

    private static byte[] read(InputStream in) throws IOException {
        byte[] request = in.readNBytes(MAX_REQUEST_BYTES);
        if (request.length == MAX_REQUEST_BYTES) {
            throw new TooLargeException("The request exceeds the limit of " + MAX_REQUEST_BYTES + " bytes");
        }
        return request;
    }

    /** Return the newest commit that the client has and that is the source's. */
    private static @Nullable RevCommit base(CommitRequest request, SourceRefs refs, Repository repository, RevWalk walk)
            throws IOException {
        for (ObjectId have : request.haves()) {
            RevCommit found = refs.find(repository, walk, new CommitId(have.name()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static UploadPack uploadPack(Repository repository, SourceId source, @Nullable String gitProtocol)
            throws IOException {
        UploadPack upload = new UploadPack(repository);
        upload.setBiDirectionalPipe(false);
        upload.setAdvertisedRefs(refs(repository, source));
        upload.setRequestPolicy(UploadPack.RequestPolicy.REACHABLE_COMMIT);
        if (gitProtocol != null) {
            upload.setExtraParameters(List.of(gitProtocol.split(":")));
        }
        upload.setPackConfig(packing(repository));
        return upload;
    }

    /** Deltas that are there are reused; to find better ones costs more than a cluster's network. */
    private static PackConfig packing(Repository repository) {
        PackConfig packing = new PackConfig(repository);
        packing.setDeltaCompress(false);
        packing.setThreads(1);
        return packing;
    }

    private static Map<String, Ref> refs(Repository repository, SourceId source) throws IOException {
        Map<String, Ref> refs = new HashMap<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(SourceRefs.of(source).prefix())) {
            refs.put(ref.getName(), ref);
        }
        return refs;
    }
}
