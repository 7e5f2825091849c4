package dev.tenantry.git;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keep the repositories of all sources on disk, one bare repository for each {@link RemoteKey}, never checked out.
 *
 * <p>
 * A source sees only commits that are reachable from what it fetched itself, also where it shares a repository. All
 * methods may be called by many threads and block the caller; none holds a thread between calls.
 */
public final class RepositoryStore implements AutoCloseable {

    private RepositoryStore() {}

    /**
     * Open the store in a directory.
     *
     * @throws IOException if the directory cannot be made or written
     */
    public static RepositoryStore open(StoreSettings settings) throws IOException {
        return new RepositoryStore();
    }

    /**
     * Find the selected commit on the remote and fetch what is new.
     *
     * <p>
     * The remote's references are asked for first; where the commit is in the store nothing else is. One fetch is in
     * flight for a remote: callers that come meanwhile are answered together by the next one, which begins after all of
     * them came, so that no push that was announced before the call is missed.
     *
     * @param timeout bounds the whole call, waiting included
     */
    public FetchResult fetch(Remote remote, SourceId source, ReferenceSelector selector, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /**
     * Return a commit's tree, if the commit is reachable from what the source fetched (at its last two revisions).
     */
    public Optional<Snapshot> snapshot(SourceId source, CommitId commit, IgnoreRules rules) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Describe a commit, if it is reachable from what the source fetched. */
    public Optional<Commit> commit(SourceId source, CommitId commit) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * List the files that differ between two of the source's commits, or of one commit to its first parent.
     *
     * @param from null for the first parent of {@code to}
     * @param limit the most paths to list
     * @return nothing if a commit is not reachable from what the source fetched
     */
    public Optional<ChangedPaths> changedPaths(SourceId source, @Nullable CommitId from, CommitId to, int limit)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Return what the source's last successful fetch found, also from before a restart. */
    public Optional<Revision> revision(SourceId source) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Drop what the source fetched; a repository without sources is deleted by the next {@link #maintenance}. */
    public void forget(SourceId source) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Return the sources that have fetched something. */
    public Set<SourceId> sources() {
        throw new UnsupportedOperationException();
    }

    /**
     * Repack repositories that need it, drop objects no source reaches, and delete repositories without sources.
     *
     * @param grace how old unreachable objects and unused repositories must be, since someone may still read them
     */
    public MaintenanceReport maintenance(Duration grace) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Return the size of all repositories on disk in bytes, as of the last fetch or maintenance of each. */
    public long sizeInBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
