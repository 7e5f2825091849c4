package dev.tenantry.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Read a commit's tree after {@code .sourceignore} and {@code spec.ignore}: regular files and folders only, as in
 * Flux's artifacts. Symbolic links and submodules are left out.
 *
 * <p>
 * Paths are relative to the root with {@code /}, the root is {@code ""}. {@code .}, {@code ..} and repeated slashes are
 * resolved; a path that leads outside has no entry. A snapshot is immutable, may be used by several threads, holds no
 * open file, and reads lazily: the cost of a look-up depends on the folders along its path, not on the size of the tree.
 */
public interface Snapshot {

    /** Return the commit whose tree this is. */
    CommitId commit();

    /** Return the id of the root's tree, before rules. Equal ids and equal rules mean equal content. */
    String treeId();

    /** Return what is at the path, if anything. */
    Optional<Entry> entry(String path) throws IOException;

    /**
     * List a folder, sorted by name (as bytes of UTF-8). A path without a folder has an empty list; ask
     * {@link #entry(String)} to tell it from an empty folder.
     */
    List<Entry> list(String folder) throws IOException;

    /**
     * Read a file.
     *
     * @throws java.nio.file.NoSuchFileException if no file is at the path
     * @throws IOException also if the file is larger than the store's limit for one object
     */
    byte[] read(String path) throws IOException;

    /**
     * Return a file's size in bytes without reading it.
     *
     * @throws java.nio.file.NoSuchFileException if no file is at the path
     */
    long size(String path) throws IOException;

    /**
     * Open a file for reading in pieces; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException if no file is at the path
     */
    InputStream open(String path) throws IOException;

    /**
     * Visit all files and folders once: those of a folder sorted as by {@link #list(String)}, each folder before what is in
     * it. Nothing is kept of what is read, so that the size of the tree costs time and no memory.
     *
     * @throws IOException also if the tree has more files and folders, or bytes in them, than the store's limit
     */
    void walk(Visitor visitor) throws IOException;

    /**
     * Find where this snapshot may answer otherwise than an earlier one; the cost depends on what has changed, not on the
     * size of the tree.
     *
     * @return the paths of all files that were added, changed or removed, and of the folders above those that were added or
     *     removed: what any other path leads to, holds and lists is the same in both. Empty where that cannot be told: the
     *     rules are others, or too much has changed
     */
    Optional<Set<String>> changedSince(Snapshot earlier) throws IOException;

    /** Told of each entry of a walk. */
    interface Visitor {

        void folder(Entry.Folder folder) throws IOException;

        /** @param content of {@code size} bytes, to be read before the method returns */
        void file(Entry.File file, long size, InputStream content) throws IOException;
    }

    /** A file or a folder. */
    sealed interface Entry {

        /** Return the path from the snapshot's root. */
        String path();

        /** Return the last segment of the path. */
        default String name() {
            return path().substring(path().lastIndexOf('/') + 1);
        }

        /**
         * A regular file.
         *
         * @param blobId the git object id of its content
         */
        record File(String path, String blobId, boolean executable) implements Entry {}

        /**
         * A folder; it is there as long as it is not ignored itself or something in it is not.
         *
         * @param treeId the git object id of the folder before rules
         */
        record Folder(String path, String treeId) implements Entry {}
    }
}
