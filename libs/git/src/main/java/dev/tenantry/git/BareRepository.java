package dev.tenantry.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/** A bare repository on disk, opened only while it is used. */
final class BareRepository {

    /** What the name of a directory contains that is being deleted. */
    static final String DELETED = ".deleted-";
    /** JGit deletes what is older at once, instead of making loose objects of it. */
    static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Path directory;
    private final OpenRepositories open;
    private final TreeReader trees;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile boolean damaged;
    private volatile long sizeInBytes;
    private volatile long sizeAfterCollection;

    BareRepository(Path directory, OpenRepositories open, long maxObjectBytes) {
        this.directory = directory;
        this.open = open;
        this.trees = new TreeReader(this, maxObjectBytes);
    }

    /** An open repository, to be closed by whoever asked for it. */
    record Lease(Repository repository) implements AutoCloseable {
        @Override
        public void close() {
            repository.close();
        }
    }

    Path directory() {
        return directory;
    }

    TreeReader trees() {
        return trees;
    }

    /** Held while the repository is fetched into, replaced or deleted; not for reading. */
    ReentrantLock changing() {
        return changing;
    }

    boolean exists() {
        return Files.exists(directory.resolve(Constants.HEAD));
    }

    Lease lease() throws IOException {
        if (!exists()) {
            throw new NoSuchFileException(directory.getFileName().toString(), null, "the repository is not there");
        }
        try {
            return new Lease(open.acquire(directory));
        } catch (IllegalArgumentException unreadable) {
            // So JGit says that it cannot read the repository's own configuration.
            damaged = true;
            throw new IOException(directory.getFileName() + " is no repository any more", unreadable);
        }
    }

    void create() throws IOException {
        GitEnvironment.prepare();
        Files.createDirectories(directory);
        try (Repository repository = new RepositoryBuilder().setGitDir(directory.toFile()).setBare().build()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setBoolean("core", null, "logAllRefUpdates", false);
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("gc", null, "autoDetach", false);
            config.save();
        }
        damaged = false;
    }

    /** Remember that objects are missing or unreadable, so that the next fetch starts anew; return the error. */
    IOException damagedBy(IOException error) {
        if (error instanceof MissingObjectException || error instanceof CorruptObjectException) {
            damaged = true;
        }
        return error;
    }

    boolean isDamaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    /** Delete the repository; what is being read from it meanwhile fails. */
    void delete() throws IOException {
        open.release(directory);
        if (!Files.exists(directory)) {
            return;
        }
        // Out of the way first, so that a kill in the middle leaves no half repository under the name.
        Path doomed = directory.resolveSibling(directory.getFileName() + DELETED + System.nanoTime());
        Files.move(directory, doomed);
        deleteRecursively(doomed);
        sizeInBytes = 0;
        sizeAfterCollection = 0;
    }

    /**
     * Make one pack of what references lead to; what none leads to leaves its pack as a loose object, and is deleted when
     * that is old enough.
     *
     * @param before how old loose objects are that are deleted
     * @param packsBefore how old packs are that are replaced
     * @return whether it was done: not while another thread does it, or without references
     */
    boolean repack(Instant before, Instant packsBefore) throws IOException {
        boolean done;
        try (Lease lease = lease()) {
            GC collector = new GC((LimitedRepository) lease.repository());
            collector.setExpire(before);
            collector.setPackExpire(packsBefore);
            done = !collector.gc().join().isEmpty();
        } catch (GitAPIException | ParseException | JGitInternalException broken) {
            throw new IOException("Could not repack " + directory.getFileName(), broken);
        }
        measure();
        return done;
    }

    /**
     * Make room: keep only what references lead to. Loose objects would take more room than the packs they come from, so
     * whoever still reads something older has to fetch it again.
     *
     * @param packsBefore how old packs are that are replaced
     */
    void collect(Instant packsBefore) throws IOException {
        if (repack(END_OF_TIME, packsBefore)) {
            sizeAfterCollection = sizeInBytes;
        }
    }

    /** Return by how many bytes the repository has grown since it was collected, all of it if it was not. */
    long growth() {
        return sizeInBytes - sizeAfterCollection;
    }

    static void deleteRecursively(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    long sizeInBytes() {
        return sizeInBytes;
    }

    /** Add up the objects on disk. */
    long measure() throws IOException {
        Path objects = directory.resolve("objects");
        if (!Files.exists(objects)) {
            sizeInBytes = 0;
            return 0;
        }
        try (Stream<Path> paths = Files.walk(objects)) {
            sizeInBytes = paths.mapToLong(BareRepository::size).sum();
        } catch (UncheckedIOException vanished) {
            // Collected while we looked; the next measurement sees it.
        }
        return sizeInBytes;
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException vanished) {
            return 0;
        }
    }
}
