package dev.tenantry.git;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.git.ContentResult.AccessDenied;
import dev.tenantry.git.ContentResult.Available;
import dev.tenantry.git.ContentResult.NotFound;
import dev.tenantry.git.ContentResult.Unavailable;

/**
 * Fetch the content of commits from {@link ContentServer}s into a cache of bare repositories, one for each source.
 *
 * <p>
 * Only what is new is transferred, and of history nothing. One fetch is in flight for a source, callers for the same
 * commit share it. All methods may be called by many threads and block the caller.
 */
public final class ContentClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContentClient.class);
    private static final Duration STILL_READ = Duration.ofMinutes(5);

    private final Settings settings;
    private final Repositories repositories;
    private final TlsContexts tls = new TlsContexts();
    private final SnapshotCache snapshots;
    private final Map<SourceId, ContentCache> caches = new ConcurrentHashMap<>();

    private ContentClient(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
        this.snapshots = new SnapshotCache(StoreSettings.in(settings.directory()).treeLimits());
    }

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

        /** Trust these PEM certificates instead of the system's. */
        public Settings withCaBundle(String pem) {
            return new Settings(directory, token, pem, maxPackBytes, maxObjectBytes);
        }
    }

    /**
     * Open the cache in a directory.
     *
     * @throws IOException if the directory cannot be made or written
     */
    public static ContentClient open(Settings settings) throws IOException {
        return new ContentClient(settings, Repositories.open(settings.directory(), settings.maxObjectBytes()));
    }

    /**
     * Return the tree of a commit, from the cache if it is there, else from the first server that has it. If none has
     * it, the last one's answer counts.
     *
     * @param servers URLs of the source's repository ({@code …/git-watcher/git/<namespace>/<name>}), tried in order: the
     *        replica that an event named, then the service
     * @param timeout bounds the whole call, waiting included
     */
    public ContentResult fetch(SourceId source, CommitId commit, List<URI> servers, IgnoreRules rules,
            Duration timeout) {
        long endNanos = System.nanoTime() + timeout.toNanos();
        ContentCache cache = cache(source);
        try {
            ObjectId cached = cache.tree(commit);
            if (cached != null) {
                return available(cache, commit, cached, rules);
            }
            if (!cache.repository().changing().tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Unavailable("timed out waiting for another fetch of " + source);
            }
            try {
                return fetch(cache, commit, servers, rules, endNanos);
            } finally {
                cache.repository().changing().unlock();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted while waiting for another fetch of " + source);
        } catch (IOException unreadable) {
            cache.repository().damagedBy(unreadable);
            LOG.warn("The cache of {} cannot be read", source, unreadable);
            return new Unavailable("the cache of " + source + " cannot be read: " + unreadable.getMessage());
        }
    }

    private ContentResult fetch(ContentCache cache, CommitId commit, List<URI> servers, IgnoreRules rules,
            long endNanos)
            throws IOException {
        ObjectId tree = cache.tree(commit);
        if (tree != null) {
            return available(cache, commit, tree, rules);
        }
        ContentResult result = new Unavailable("no server to fetch " + commit.abbreviated() + " from is known");
        for (int i = 0; i < servers.size(); i++) {
            // One that does not answer leaves time for the others.
            long share = Math.max(0, endNanos - System.nanoTime()) / (servers.size() - i);
            result = fetch(cache, commit, servers.get(i), rules, Duration.ofNanos(share));
            if (result instanceof Available) {
                return result;
            }
        }
        return result;
    }

    private ContentResult fetch(ContentCache cache, CommitId commit, URI server, IgnoreRules rules, Duration timeout)
            throws IOException {
        Remote remote = new Remote(server, new Credentials.Bearer(settings.token().get()), settings.caBundle(), null,
                null);
        cache.prepare();
        try (Deadline deadline = Deadline.in(timeout);
                HttpExchange exchange = new HttpExchange(remote, AddressPolicy.any(), tls, deadline,
                        settings.maxPackBytes());
                BareRepository.Lease lease = cache.repository().lease()) {
            try (Conversation conversation = Conversation.open(lease.repository(), exchange, remote, List.of(), 1)) {
                ObjectId id = ObjectId.fromString(commit.hex());
                conversation.fetch(List.of(new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, commit.hex(), id)));
                ObjectId tree = cache.keep(lease.repository(), commit);
                cache.repository().measure();
                return available(cache, commit, tree, rules);
            } catch (IOException | RuntimeException failed) {
                LOG.debug("Fetching {} from {} failed", commit, server, failed);
                return explain(failed, remote, commit, exchange.lastStatus(), deadline.hasPassed());
            }
        }
    }

    private Available available(ContentCache cache, CommitId commit, ObjectId tree, IgnoreRules rules) {
        return new Available(snapshots.get(cache.repository(), commit, tree, rules));
    }

    private static ContentResult explain(Throwable failed, Remote remote, CommitId commit, int status,
            boolean timeOver) {
        if (FetchFailures.isUnknownWant(failed)) {
            return new NotFound("commit " + commit + " is not at " + remote.url() + " (any more)");
        }
        return switch (new FetchFailures(remote).explain(failed, status, timeOver)) {
            case FetchResult.AuthenticationFailed denied -> new AccessDenied(denied.message());
            case FetchResult.NotFound notFound -> new NotFound(notFound.message());
            case FetchResult.UrlRefused refused -> new Unavailable(refused.message());
            case FetchResult.AddressRefused refused -> new Unavailable(refused.message());
            case FetchResult.GitOperationFailed other -> new Unavailable(other.message());
        };
    }

    private ContentCache cache(SourceId source) {
        ContentCache cache = caches.computeIfAbsent(source,
                absent -> new ContentCache(repositories.get(nameOf(absent))));
        cache.asked();
        return cache;
    }

    /** No name of an object has an underscore, so this cannot name two. */
    private static String nameOf(SourceId source) {
        return source.namespace() + "_" + source.name() + Repositories.SUFFIX;
    }

    /** Give up the cache of a source: the next maintenance deletes it, unless it is asked for again before. */
    public void forget(SourceId source) {
        caches.remove(source);
    }

    /**
     * Repack caches that need it, drop the objects of commits that are no longer kept, delete the caches of sources that
     * were forgotten or not asked for since the start, and keep to a size.
     *
     * <p>
     * Cheap where nothing is to be done, so it may be called every few minutes ({@link MaintenanceSchedule}).
     *
     * @param grace how old unused objects and caches must be, since someone may still read them
     * @param mostBytes the size of all caches above which those go that were not asked for longest, but none that was in
     *        the last 5 minutes (or the grace period, if that is shorter): each costs one fetch when it is asked for again
     */
    public MaintenanceReport maintenance(Duration grace, long mostBytes) {
        MaintenanceReport report = new Maintenance(repositories, grace, Long.MAX_VALUE)
                .run(() -> caches.keySet().stream().map(ContentClient::nameOf).collect(Collectors.toSet()));
        return report.bytesAfter() <= mostBytes ? report : evict(report, grace, mostBytes);
    }

    private MaintenanceReport evict(MaintenanceReport before, Duration grace, long mostBytes) {
        Instant idle = Instant.now().minus(grace.compareTo(STILL_READ) < 0 ? grace : STILL_READ);
        List<ContentCache> eldestFirst = caches.values()
                .stream()
                .filter(cache -> cache.repository().exists())
                // The time may change while they are sorted.
                .map(cache -> Map.entry(cache.askedAt(), cache))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        int deleted = 0;
        int failed = 0;
        for (ContentCache cache : eldestFirst) {
            if (sizeInBytes() <= mostBytes) {
                break;
            }
            try {
                deleted += deleteIfIdle(cache, idle) ? 1 : 0;
            } catch (IOException stubborn) {
                failed++;
                LOG.warn("Could not delete {}", cache.repository().directory().getFileName(), stubborn);
            }
        }
        return new MaintenanceReport(repositories.all().size(), before.repacked(), before.deleted() + deleted,
                before.failed() + failed, before.bytesBefore(), sizeInBytes());
    }

    private static boolean deleteIfIdle(ContentCache cache, Instant idle) throws IOException {
        // Whoever fetches just now will read in a moment.
        if (!cache.repository().changing().tryLock()) {
            return false;
        }
        try {
            if (!cache.askedAt().isBefore(idle)) {
                return false;
            }
            cache.delete();
            return true;
        } finally {
            cache.repository().changing().unlock();
        }
    }

    /** Return the size of all caches on disk in bytes, as of the last fetch or maintenance of each. */
    public long sizeInBytes() {
        return repositories.sizeInBytes();
    }

    @Override
    public void close() {
        repositories.close();
    }
}
