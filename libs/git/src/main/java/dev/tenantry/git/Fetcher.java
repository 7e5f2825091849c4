package dev.tenantry.git;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.git.FetchResult.Failure;
import dev.tenantry.git.FetchResult.Fetched;

/** Run batches of fetches, each inside one deadline, and start a damaged repository anew. */
final class Fetcher {

    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final StoreSettings settings;
    private final Repositories repositories;
    private final RepositoryNames names;
    private final SourceIndex index;
    private final TlsContexts tls = new TlsContexts();

    Fetcher(StoreSettings settings, Repositories repositories, RepositoryNames names, SourceIndex index) {
        this.settings = settings;
        this.repositories = repositories;
        this.names = names;
        this.index = index;
    }

    /** Fetch for requests with equal remotes and complete each with its answer. */
    void fetch(List<FetchRequest> batch) {
        Map<Boolean, List<FetchRequest>> inTime = batch.stream()
                .collect(Collectors.partitioningBy(request -> !request.left().isZero()));
        inTime.get(false).forEach(late -> late.result().complete(new FetchFailures(late.remote()).timedOut()));
        List<FetchRequest> requests = inTime.get(true);
        if (requests.isEmpty()) {
            return;
        }
        Remote remote = requests.getFirst().remote();
        Duration longest = requests.stream().map(FetchRequest::left).max(Comparator.naturalOrder()).orElseThrow();
        Map<FetchRequest, FetchResult> results = new HashMap<>();
        BareRepository repository = repositories.lock(names.of(remote.key()));
        try (Deadline deadline = Deadline.in(longest)) {
            // Before anyone may delete a repository that no source seems to use.
            fetch(repository, remote, requests, deadline)
                    .forEach((request, result) -> results.put(request, record(request, repository, result)));
            measure(repository);
        } finally {
            repository.changing().unlock();
        }
        results.forEach((request, result) -> request.result().complete(result));
    }

    private static void measure(BareRepository repository) {
        try {
            repository.measure();
        } catch (IOException unreadable) {
            LOG.warn("Cannot tell the size of {}", repository.directory().getFileName(), unreadable);
        }
    }

    private Map<FetchRequest, FetchResult> fetch(BareRepository repository, Remote remote, List<FetchRequest> requests,
            Deadline deadline) {
        Attempt first = new Attempt(repository, remote, requests, deadline);
        Map<FetchRequest, FetchResult> results = first.run();
        if (first.foundDamage()) {
            LOG.warn("Repository {} is damaged, fetching anew", repository.directory().getFileName());
        } else if (!first.lackedRoom || !makeRoom(repository)) {
            return results;
        }
        return new Attempt(repository, remote, requests, deadline).run();
    }

    /** Collect what nothing refers to, unless nothing came since that was done last. */
    private static boolean makeRoom(BareRepository repository) {
        if (repository.growth() == 0) {
            return false;
        }
        try {
            // Nobody else fetches now, so that no pack waits for its reference.
            repository.collect(BareRepository.END_OF_TIME);
            return true;
        } catch (IOException broken) {
            LOG.warn("Could not make room in {}", repository.directory().getFileName(), broken);
            return false;
        }
    }

    /** Let the index say where the source is before anyone is told that it is there. */
    private FetchResult record(FetchRequest request, BareRepository repository, FetchResult result) {
        if (!(result instanceof Fetched fetched)) {
            return result;
        }
        String name = repository.directory().getFileName().toString();
        try {
            SourceIndex.Place before = index.get(request.source()).orElse(null);
            index.put(request.source(), new SourceIndex.Place(name, fetched.revision()));
            if (before != null && !before.repository().equals(name)) {
                deleteRefs(request.source(), repositories.get(before.repository()));
            }
            return result;
        } catch (IOException unwritable) {
            return new FetchFailures(request.remote()).explain(unwritable, 0, false);
        }
    }

    static void deleteRefs(SourceId source, BareRepository from) throws IOException {
        if (from.exists()) {
            try (BareRepository.Lease lease = from.lease()) {
                SourceRefs.of(source).delete(lease.repository());
            }
        }
    }

    /** One try, in the repository as it is or, if that is damaged, in a new one. */
    private final class Attempt {

        private final BareRepository bare;
        private final Remote remote;
        private final List<FetchRequest> requests;
        private final Deadline deadline;
        private final Map<String, ObjectId> refsToRestore = new HashMap<>();
        private boolean startedAnew;
        private boolean lackedRoom;

        private Attempt(BareRepository bare, Remote remote, List<FetchRequest> requests, Deadline deadline) {
            this.bare = bare;
            this.remote = remote;
            this.requests = requests;
            this.deadline = deadline;
        }

        private Map<FetchRequest, FetchResult> run() {
            long room = settings.maxRepositoryBytes() - bare.sizeInBytes();
            if (room <= 0) {
                lackedRoom = true;
                return toAll(new FetchResult.GitOperationFailed(FetchResult.Cause.TOO_LARGE, "the repository of "
                        + remote.url() + " exceeds the limit of " + settings.maxRepositoryBytes() + " bytes"));
            }
            try (HttpExchange exchange = new HttpExchange(remote, settings.addresses(), tls, deadline,
                    Math.min(room, settings.maxPackBytes()))) {
                Map<FetchRequest, FetchResult> results = run(exchange);
                lackedRoom = exchange.isFull() && room < settings.maxPackBytes();
                return results;
            } catch (IOException unusableCertificates) {
                return toAll(new FetchFailures(remote).explain(unusableCertificates, 0, false));
            }
        }

        private Map<FetchRequest, FetchResult> run(HttpExchange exchange) {
            try {
                prepare();
                try (BareRepository.Lease lease = bare.lease()) {
                    Map<FetchRequest, FetchResult> results = new FetchRun(lease.repository(), exchange, remote)
                            .run(requests);
                    restoreRefs(lease.repository());
                    return results;
                }
            } catch (IOException | RuntimeException failed) {
                if (failed instanceof IOException error) {
                    bare.damagedBy(error);
                }
                Failure failure = new FetchFailures(remote).explain(failed, exchange.lastStatus(),
                        deadline.hasPassed());
                LOG.debug("Fetching from {} failed", remote.url(), failed);
                return toAll(failure);
            }
        }

        private Map<FetchRequest, FetchResult> toAll(FetchResult result) {
            return requests.stream().collect(Collectors.toMap(request -> request, request -> result));
        }

        private boolean foundDamage() {
            if (startedAnew || deadline.hasPassed() || !bare.exists()) {
                return false;
            }
            if (!bare.isDamaged() && !isHealthy()) {
                bare.markDamaged();
            }
            return bare.isDamaged();
        }

        private void prepare() throws IOException {
            if (bare.isDamaged() && bare.exists()) {
                rememberRefs();
                bare.delete();
            }
            if (!bare.exists()) {
                startedAnew = true;
                bare.create();
            }
        }

        private void rememberRefs() {
            try (BareRepository.Lease lease = bare.lease()) {
                for (Ref ref : lease.repository().getRefDatabase().getRefsByPrefix(SourceRefs.ALL)) {
                    refsToRestore.put(ref.getName(), ref.getObjectId());
                }
            } catch (IOException unreadable) {
                LOG.warn("The references of {} are lost; its sources have to fetch again",
                        bare.directory().getFileName(),
                        unreadable);
            }
        }

        /** Other sources that share the repository keep what the new one has too. */
        private void restoreRefs(Repository repository) throws IOException {
            try (RevWalk walk = new RevWalk(repository)) {
                for (Map.Entry<String, ObjectId> ref : refsToRestore.entrySet()) {
                    if (repository.exactRef(ref.getKey()) == null && isComplete(walk, ref.getValue())) {
                        SourceRefs.set(repository, ref.getKey(), ref.getValue());
                    }
                }
            }
        }

        private boolean isComplete(RevWalk walk, ObjectId id) throws IOException {
            try {
                RevCommit commit = walk.parseCommit(id);
                walk.parseTree(commit.getTree());
                return true;
            } catch (MissingObjectException | CorruptObjectException gone) {
                return false;
            }
        }

        private boolean isHealthy() {
            try (BareRepository.Lease lease = bare.lease(); RevWalk walk = new RevWalk(lease.repository())) {
                for (Ref ref : lease.repository().getRefDatabase().getRefsByPrefix(SourceRefs.ALL)) {
                    if (!isComplete(walk, ref.getObjectId())) {
                        return false;
                    }
                }
                return true;
            } catch (IOException | RuntimeException unreadable) {
                LOG.debug("Looking for damage found some", unreadable);
                return false;
            }
        }
    }
}
