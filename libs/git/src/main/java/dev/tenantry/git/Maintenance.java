package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.eclipse.jgit.lib.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repack and collect repositories, and delete those that nobody uses. */
final class Maintenance {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    /** Each fetch adds a pack, and every look-up may have to ask them all. As many as git itself bears. */
    private static final long MOST_PACKS = 50;
    private static final long MOST_LOOSE_OBJECTS = 1000;
    /** One of the folders that objects are spread over by their ids; it stands for all of them, as in git itself. */
    private static final String SAMPLE = "17";
    private static final int FOLDERS = 256;
    /** A fifth of the limit should be free, and a fifth of that be new before collecting is worth it again. */
    private static final long ROOM = 5;
    /** The pack of a fetch is there before the reference to it, so it is left alone at first. */
    private static final Duration UNTIL_REFERENCED = Duration.ofMinutes(5);

    private final Repositories repositories;
    private final long mostBytes;
    private final Instant before;
    private final Instant packsBefore;
    private int repacked;
    private int deleted;
    private int failed;

    /**
     * @param grace how old unreachable objects and unused repositories must be
     * @param mostBytes the limit of each repository; one that comes near it keeps unreachable objects only where their pack
     *        is younger
     */
    Maintenance(Repositories repositories, Duration grace, long mostBytes) {
        this.repositories = repositories;
        this.mostBytes = mostBytes;
        Instant now = Instant.now();
        this.before = now.minus(grace);
        this.packsBefore = grace.compareTo(UNTIL_REFERENCED) < 0 ? before : now.minus(UNTIL_REFERENCED);
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
            } catch (IOException broken) {
                failed++;
                LOG.warn("Could not maintain repository {}", repository.directory().getFileName(), broken);
            }
        }
        return new MaintenanceReport(repositories.all().size(), repacked, deleted, failed, bytesBefore,
                repositories.sizeInBytes());
    }

    private void maintain(BareRepository repository, Set<String> used, Supplier<Set<String>> uses)
            throws IOException {
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

    private void repack(BareRepository repository) throws IOException {
        Path objects = repository.directory().resolve(Constants.OBJECTS);
        if (needsRoom(repository, objects)) {
            collect(repository);
        } else if (needsRepacking(objects)) {
            repository.repack(before, packsBefore);
            repacked++;
        }
    }

    /** A fetch might find again just now what nothing refers to yet. */
    private void collect(BareRepository repository) throws IOException {
        if (!repository.changing().tryLock()) {
            return;
        }
        try {
            repository.collect(before);
            repacked++;
        } finally {
            repository.changing().unlock();
        }
    }

    /** Say whether the limit is near, and something may be there that nothing refers to any more. */
    private boolean needsRoom(BareRepository repository, Path objects) throws IOException {
        return repository.sizeInBytes() > mostBytes - mostBytes / ROOM
                && repository.growth() > mostBytes / ROOM / ROOM
                && count(objects.resolve("pack"), ".pack", before) > 1;
    }

    /** Look at names and ages only, without opening anything: it is asked often, and of every repository. */
    private boolean needsRepacking(Path objects) throws IOException {
        return count(objects.resolve("pack"), ".pack", packsBefore) > MOST_PACKS
                || count(objects.resolve(SAMPLE), "", before) > MOST_LOOSE_OBJECTS / FOLDERS;
    }

    private static long count(Path folder, String suffix, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> file.toFile().lastModified() < before.toEpochMilli())
                    .count();
        }
    }
}
