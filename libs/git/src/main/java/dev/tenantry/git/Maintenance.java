package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.internal.storage.file.GC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repack and collect repositories, and delete those that nobody uses. */
final class Maintenance {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    /** Each fetch adds a pack; every look-up may have to ask them all. */
    private static final long MOST_PACKS = 20;
    private static final long MOST_LOOSE_OBJECTS = 1000;

    private final Repositories repositories;
    private final Instant before;
    private int repacked;
    private int deleted;
    private int failed;

    /** @param grace how old unreachable objects and unused repositories must be */
    Maintenance(Repositories repositories, Duration grace) {
        this.repositories = repositories;
        this.before = Instant.now().minus(grace);
    }

    /**
     * Maintain all repositories.
     *
     * @param uses returns the names of the repositories in use; asked for again before one is deleted
     */
    MaintenanceReport run(Supplier<Set<String>> uses) {
        Set<String> used = uses.get();
        long bytesBefore = repositories.sizeInBytes();
        for (BareRepository repository : repositories.all()) {
            try {
                maintain(repository, used, uses);
            } catch (IOException | GitAPIException | ParseException | JGitInternalException broken) {
                failed++;
                LOG.warn("Could not maintain repository {}", repository.directory().getFileName(), broken);
            }
        }
        return new MaintenanceReport(repositories.all().size(), repacked, deleted, failed, bytesBefore,
                repositories.sizeInBytes());
    }

    private void maintain(BareRepository repository, Set<String> used, Supplier<Set<String>> uses)
            throws IOException, GitAPIException, ParseException {
        String name = repository.directory().getFileName().toString();
        if (!used.contains(name)) {
            deleteIfIdle(repository, name, uses);
        } else if (repository.exists()) {
            repack(repository);
        }
    }

    private void deleteIfIdle(BareRepository repository, String name, Supplier<Set<String>> uses) throws IOException {
        // Someone who fetches into it just now will be its user in a moment.
        if (!repository.changing().tryLock()) {
            return;
        }
        try {
            if (uses.get().contains(name)) {
                return;
            }
            boolean old = repository.exists()
                    && Files.getLastModifiedTime(repository.directory()).toInstant().isBefore(before);
            if (old) {
                repository.delete();
                deleted++;
            }
            if (!repository.exists()) {
                repositories.forget(name);
            }
        } finally {
            repository.changing().unlock();
        }
    }

    private void repack(BareRepository repository) throws IOException, GitAPIException, ParseException {
        try (BareRepository.Lease lease = repository.lease()) {
            GC collector = new GC((LimitedRepository) lease.repository());
            GC.RepoStatistics statistics = collector.getStatistics();
            if (statistics.numberOfPackFiles > MOST_PACKS || statistics.numberOfLooseObjects > MOST_LOOSE_OBJECTS) {
                collector.setExpire(before);
                collector.setPackExpire(before);
                collector.gc().join();
                repacked++;
            }
        }
        repository.measure();
    }
}
