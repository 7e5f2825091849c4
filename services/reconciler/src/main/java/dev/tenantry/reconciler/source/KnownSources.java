package dev.tenantry.reconciler.source;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.ContentClient;
import dev.tenantry.git.ContentResult;
import dev.tenantry.git.IgnoreRules;
import dev.tenantry.git.Revision;
import dev.tenantry.git.Snapshot;
import dev.tenantry.git.SourceId;
import dev.tenantry.kubernetes.NamespacedName;

/**
 * What all GitRepositories offer, as their statuses say, and their files, fetched from git-watcher.
 * <p>
 * A revision counts only when the API server says that the source has it: an event about one is a hint to look.
 */
public final class KnownSources implements Sources {

    private final ContentClient contents;
    private final URI gitWatcher;
    private final Duration timeout;
    private final Map<NamespacedName, State> states = new ConcurrentHashMap<>();
    private final Map<NamespacedName, URI> replicas = new ConcurrentHashMap<>();
    private final Map<NamespacedName, Opened> opened = new ConcurrentHashMap<>();

    /**
     * @param gitWatcher the base URL of the service
     * @param timeout of one fetch
     */
    public KnownSources(ContentClient contents, URI gitWatcher, Duration timeout) {
        this.contents = contents;
        this.gitWatcher = gitWatcher;
        this.timeout = timeout;
    }

    /**
     * A GitRepository as it was read.
     *
     * @param resourceVersion newer ones are greater
     * @param revision of its artifact; null as long as there is none
     * @param ignore its {@code spec.ignore}
     */
    public record State(NamespacedName name, String uid, String resourceVersion, @Nullable String revision,
            @Nullable String ignore) {

        boolean isNewerThan(@Nullable State other) {
            return other == null || !uid.equals(other.uid)
                    || Long.parseLong(resourceVersion) > Long.parseLong(other.resourceVersion);
        }

        boolean offersTheSameAs(@Nullable State other) {
            return other != null && uid.equals(other.uid) && Objects.equals(revision, other.revision)
                    && Objects.equals(ignore, other.ignore);
        }
    }

    private record Opened(SourceRevision revision, SnapshotTree tree) {}

    /** Take a version of a source; tell whether it offers something else than before. */
    public synchronized boolean seen(State state) {
        State before = states.get(state.name());
        if (!state.isNewerThan(before)) {
            return false;
        }
        states.put(state.name(), state);
        return !state.offersTheSameAs(before);
    }

    /** A source is gone, and its files are of no use any more. */
    public synchronized void gone(NamespacedName name) {
        states.remove(name);
        replicas.remove(name);
        opened.remove(name);
        contents.forget(id(name));
    }

    /**
     * Remember which replica of git-watcher has the newest revision, to be asked first.
     * <p>
     * Only an address of the service itself or below it is taken: our token goes there.
     */
    public void servedBy(NamespacedName name, URI replica) {
        String service = gitWatcher.getHost();
        String host = replica.getHost();
        if (host != null && gitWatcher.getScheme().equals(replica.getScheme())
                && (host.equals(service) || host.endsWith("." + service))) {
            replicas.put(name, replica);
        }
    }

    /** Tell whether a source is known to be at a revision. */
    public boolean isAt(NamespacedName name, String revision) {
        State state = states.get(name);
        return state != null && revision.equals(state.revision());
    }

    @Override
    public Resolution resolve(NamespacedName source) {
        State state = states.get(source);
        if (state == null) {
            return new Resolution.NotFound("Source 'GitRepository/%s' not found".formatted(source));
        }
        return state.revision() == null
                ? new Resolution.NotReady("Source 'GitRepository/%s' has no artifact yet".formatted(source))
                : new Resolution.Found(new SourceRevision(source, state.uid(), state.revision(), state.ignore()));
    }

    @Override
    public Content open(SourceRevision revision) {
        NamespacedName source = revision.source();
        // Also for what is open already: its files may have been evicted or damaged, and are to be seen as used.
        ContentResult result = contents.fetch(id(source),
                Revision.parse(revision.revision()).commit(), servers(source), IgnoreRules.of(revision.ignore()),
                timeout);
        return switch (result) {
            case ContentResult.Available available -> {
                SnapshotTree tree = tree(revision, available.snapshot());
                opened.put(source, new Opened(revision, tree));
                yield new Content.Available(tree);
            }
            case ContentResult.NotFound notFound -> new Content.Unavailable(notFound.message());
            case ContentResult.AccessDenied denied -> new Content.Unavailable(denied.message());
            case ContentResult.Unavailable unavailable -> new Content.Unavailable(unavailable.message());
        };
    }

    /** Only what the client gives out counts in what it keeps in memory: of the tree before, its changes are taken. */
    private SnapshotTree tree(SourceRevision revision, Snapshot snapshot) {
        Opened before = opened.get(revision.source());
        if (before == null || !before.revision().uid().equals(revision.uid())) {
            return SnapshotTree.of(snapshot);
        }
        return before.revision().equals(revision)
                ? before.tree().readBy(snapshot)
                : before.tree().followedBy(snapshot, before.revision().revision());
    }

    private static SourceId id(NamespacedName source) {
        return new SourceId(source.namespace(), source.name());
    }

    private List<URI> servers(NamespacedName source) {
        Set<URI> bases = new LinkedHashSet<>();
        URI replica = replicas.get(source);
        if (replica != null) {
            bases.add(replica);
        }
        bases.add(gitWatcher);
        return bases.stream()
                .map(base -> URI
                        .create(base.toString().replaceAll("/+$", "") + "/git-watcher/git/" + source.namespace() + "/"
                                + source.name()))
                .toList();
    }
}
