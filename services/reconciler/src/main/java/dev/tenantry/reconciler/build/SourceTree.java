package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Read the files of a source at one revision.
 *
 * <p>Paths are relative to the source's root, with {@code /} between names, without {@code .}, {@code ..} or a leading
 * or trailing slash; the root itself is the empty path. A tree never changes: the same question always has the same
 * answer. It holds regular files and folders only, as Flux's artifacts do.
 */
public interface SourceTree {

    /** What a path leads to. */
    sealed interface Entry {

        /** Give the last name of the path, empty for the root. */
        String name();
    }

    /**
     * A regular file.
     *
     * @param blobId stands for the content: equal ids mean equal bytes (git's blob id, in hex)
     * @param mode git's file mode: {@code 0100644}, or {@code 0100755} when executable
     */
    record File(String name, String blobId, int mode) implements Entry {}

    record Folder(String name) implements Entry {}

    /** Look up a path; empty when nothing is there. */
    Optional<Entry> entry(String path) throws IOException;

    /** List a folder in any order; empty when the path is no folder. */
    List<Entry> list(String folder) throws IOException;

    /**
     * Tell how many bytes a file has, without reading it.
     *
     * @throws java.nio.file.NoSuchFileException when the path is no file
     */
    long size(String path) throws IOException;

    /**
     * Read a file whole.
     *
     * @throws java.nio.file.NoSuchFileException when the path is no file
     */
    byte[] read(String path) throws IOException;

    /**
     * Give the paths that may lead to, hold or list something else than they did at an earlier revision; empty when that is
     * not known.
     *
     * @param revision the earlier one, as in the source's status
     */
    default Optional<Set<String>> changedSince(String revision) {
        return Optional.empty();
    }
}
