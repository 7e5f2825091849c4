package dev.tenantry.git;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Fetch the content of commits from {@link ContentServer}s into a cache of bare repositories, one for each source.
 *
 * <p>
 * Only what is new is transferred. One fetch is in flight for a source, callers for the same commit share it. All
 * methods may be called by many threads and block the caller.
 */
public final class ContentClient implements AutoCloseable {

    private ContentClient() {}

    /**
     * Configure a client.
     *
     * @param directory where the cache is; made if absent, used by one process only, may be deleted between runs
     * @param token asked for with each request, since projected tokens are renewed
     * @param caBundle PEM certificates that are trusted instead of the system's; null for the system's
     * @param maxPackBytes the most that one fetch may receive
     * @param maxObjectBytes the largest object, inflated
     */
    public record Settings(Path directory, Supplier<String> token, @Nullable String caBundle, long maxPackBytes,
            long maxObjectBytes) {

        /** Return the defaults: the system's certificates, the limits of {@link StoreSettings#in}. */
        public static Settings in(Path directory, Supplier<String> token) {
            StoreSettings defaults = StoreSettings.in(directory);
            return new Settings(directory, token, null, defaults.maxPackBytes(), defaults.maxObjectBytes());
        }
    }

    /**
     * Open the cache in a directory.
     *
     * @throws IOException if the directory cannot be made or written
     */
    public static ContentClient open(Settings settings) throws IOException {
        return new ContentClient();
    }

    /**
     * Return the tree of a commit, from the cache if it is there, else from the first server that has it.
     *
     * @param servers URLs of the source's repository ({@code …/git-watcher/git/<namespace>/<name>}), tried in order: the
     *        replica that an event named, then the service
     * @param timeout bounds the whole call, waiting included
     */
    public ContentResult fetch(SourceId source, CommitId commit, List<URI> servers, IgnoreRules rules,
            Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Delete the cache of a source. */
    public void forget(SourceId source) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Repack caches that need it and drop commits that were not asked for lately.
     *
     * @param grace how long a commit is kept after it was asked for last
     */
    public MaintenanceReport maintenance(Duration grace) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
