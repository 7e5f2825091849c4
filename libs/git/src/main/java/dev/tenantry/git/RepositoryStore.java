package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.FetchResult.Cause;
import dev.tenantry.git.FetchResult.GitOperationFailed;
import dev.tenantry.git.FetchResult.UrlRefused;

/**
 * Keep the repositories of all sources on disk, one bare repository for each {@link RemoteKey}, never checked out.
 *
 * <p>
 * A source sees only commits that are reachable from what it fetched itself, also where it shares a repository. All
 * methods may be called by many threads and block the caller; none holds a thread between calls.
 */
public final class RepositoryStore implements AutoCloseable {

    private final StoreSettings settings;
    private final Repositories repositories;
    private final SourceIndex index;
    private final ExecutorService threads = Executors
            .newCachedThreadPool(Thread.ofPlatform().name("git-fetch-", 0).daemon().factory());
    private final FetchQueue queue;
    private final SnapshotCache snapshots;

    private RepositoryStore(StoreSettings settings, Repositories repositories, RepositoryNames names,
            SourceIndex index) {
        this.settings = settings;
        this.repositories = repositories;
        this.index = index;
        this.snapshots = new SnapshotCache(settings.treeLimits());
        this.queue = new FetchQueue(threads, new Fetcher(settings, repositories, names, index)::fetch);
    }

    /**
     * Open the store in a directory.
     *
     * @throws IOException if the directory cannot be made or written
     */
    public static RepositoryStore open(StoreSettings settings) throws IOException {
        Path directory = settings.directory();
        return new RepositoryStore(settings,
                Repositories.open(directory.resolve("repositories"), settings.maxObjectBytes()),
                RepositoryNames.open(directory.resolve("names.key")),
                SourceIndex.open(directory.resolve("sources")));
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
        if (remote.url().getScheme().equals("http") && !settings.insecureHttp()) {
            return new UrlRefused("http:// is not allowed here, use https://: " + remote.url());
        }
        FetchRequest request = FetchRequest.of(remote, source, selector, timeout);
        queue.add(remote.key(), request);
        try {
            return request.result().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException overdue) {
            return new FetchFailures(remote).timedOut();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new GitOperationFailed(Cause.TIMEOUT, "interrupted while fetching from " + remote.url());
        } catch (ExecutionException bug) {
            throw new IllegalStateException("Fetching from " + remote.url(), bug.getCause());
        }
    }

    /**
     * Return a commit's tree, if the commit is reachable from what the source fetched (at its last two revisions).
     */
    public Optional<Snapshot> snapshot(SourceId source, CommitId commit, IgnoreRules rules) throws IOException {
        BareRepository repository = repositoryOf(source);
        if (repository == null) {
            return Optional.empty();
        }
        return with(repository, source, commit, (walk, found) -> {
            RevTree tree = found.getTree();
            return snapshots.get(repository, commit, tree, rules);
        });
    }

    /** Describe a commit, if it is reachable from what the source fetched. */
    public Optional<Commit> commit(SourceId source, CommitId commit) throws IOException {
        BareRepository repository = repositoryOf(source);
        if (repository == null) {
            return Optional.empty();
        }
        return with(repository, source, commit, (walk, found) -> {
            walk.parseBody(found);
            return Commits.describe(found);
        });
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
        BareRepository bare = repositoryOf(source);
        if (bare == null) {
            return Optional.empty();
        }
        try (BareRepository.Lease lease = bare.lease(); RevWalk walk = new RevWalk(lease.repository())) {
            SourceRefs refs = SourceRefs.of(source);
            RevCommit end = refs.find(lease.repository(), walk, to);
            RevCommit start = from == null ? null : refs.find(lease.repository(), walk, from);
            if (end == null || from != null && start == null) {
                return Optional.empty();
            }
            if (start == null && end.getParentCount() > 0) {
                start = walk.parseCommit(end.getParent(0));
            }
            return Optional.of(Commits.changedPaths(lease.repository(), start == null ? null : start.getTree(),
                    end.getTree(), limit));
        } catch (IOException unreadable) {
            throw bare.damagedBy(unreadable);
        }
    }

    /** Return what the source's last successful fetch found, also from before a restart. */
    public Optional<Revision> revision(SourceId source) {
        return index.get(source).map(SourceIndex.Place::revision);
    }

    /** Drop what the source fetched; a repository without sources is deleted by a later {@link #maintenance}. */
    public void forget(SourceId source) throws IOException {
        BareRepository repository = repositoryOf(source);
        index.remove(source);
        if (repository != null) {
            Fetcher.deleteRefs(source, repository);
        }
    }

    /** Return the sources that have fetched something. */
    public Set<SourceId> sources() {
        return index.sources();
    }

    /**
     * Repack repositories that need it, drop objects no source reaches, and delete repositories without sources.
     *
     * <p>
     * Cheap where nothing is to be done, so it may be called every few minutes ({@link MaintenanceSchedule}).
     *
     * @param grace how old unreachable objects and unused repositories must be, since someone may still read them; in a
     *        repository near its limit, how old their packs must be
     */
    public MaintenanceReport maintenance(Duration grace) {
        return new Maintenance(repositories, grace, settings.maxRepositoryBytes()).run(index::repositories);
    }

    /** Return the size of all repositories on disk in bytes, as of the last fetch or maintenance of each. */
    public long sizeInBytes() {
        return repositories.sizeInBytes();
    }

    /** Return the repository that the source fetched into last; null if there is none. */
    @Nullable
    BareRepository repositoryOf(SourceId source) {
        return index.get(source)
                .map(place -> repositories.get(place.repository()))
                .filter(BareRepository::exists)
                .orElse(null);
    }

    /** What to do with a commit that a source may see. */
    @FunctionalInterface
    private interface CommitFunction<T> {
        T apply(RevWalk walk, RevCommit commit) throws IOException;
    }

    private static <T> Optional<T> with(BareRepository bare, SourceId source, CommitId commit,
            CommitFunction<T> function)
            throws IOException {
        try (BareRepository.Lease lease = bare.lease(); RevWalk walk = new RevWalk(lease.repository())) {
            RevCommit found = SourceRefs.of(source).find(lease.repository(), walk, commit);
            return found == null ? Optional.empty() : Optional.of(function.apply(walk, found));
        } catch (IOException unreadable) {
            throw bare.damagedBy(unreadable);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        repositories.close();
    }
}
