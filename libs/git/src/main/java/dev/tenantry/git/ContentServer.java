package dev.tenantry.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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

    private final RepositoryStore store;

    public ContentServer(RepositoryStore store) {
        this.store = store;
    }

    /** Say whether the source has fetched something that can be served. */
    public boolean serves(SourceId source) {
        return store.sources().contains(source);
    }

    /**
     * Answer {@code GET …/info/refs?service=git-upload-pack}.
     *
     * @param gitProtocol the header {@code Git-Protocol}, or null
     * @throws java.nio.file.NoSuchFileException if the source is not known
     */
    public void advertise(SourceId source, @Nullable String gitProtocol, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Answer {@code POST …/git-upload-pack}.
     *
     * @param gitProtocol the header {@code Git-Protocol}, or null
     * @param contentEncoding the header {@code Content-Encoding}; {@code gzip} is understood, or null
     * @throws java.nio.file.NoSuchFileException if the source is not known
     */
    public void upload(SourceId source, @Nullable String gitProtocol, @Nullable String contentEncoding, InputStream in,
            OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }
}
