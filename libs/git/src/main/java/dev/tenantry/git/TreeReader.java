package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Read the objects of one repository, opened for each call so that nothing stays open between calls. */
final class TreeReader {

    /** By bytes of UTF-8, the order of {@code filepath.Walk}, not git's own, in which "a.b" comes before "a/". */
    private static final Comparator<Child> BY_NAME = Comparator
            .comparing(child -> child.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    private static final Set<String> NEVER_A_FILE = Set.of("", ".", "..", ".git");
    private static final int MAX_NAME = 255;
    private static final int REMEMBERED_TREES = 100_000;
    /** Deeper than any file system's paths; a tree can nest without end. */
    private static final int MAX_DEPTH = 255;
    /** Some 400,000 names; a hostile tree of as many bytes as a file may have would fill the memory when it is read. */
    private static final int MAX_FOLDER_BYTES = 16 * 1024 * 1024;
    /** Each file of the tree is matched against each pattern. */
    private static final long MAX_IGNORE_BYTES = 256 * 1024;

    private final BareRepository repository;
    private final long maxObjectBytes;
    /** Trees known to have no ignore pattern anywhere; content never changes, so this holds for every commit. */
    private final Set<ObjectId> withoutPatterns = ConcurrentHashMap.newKeySet();

    TreeReader(BareRepository repository, long maxObjectBytes) {
        this.repository = repository;
        this.maxObjectBytes = maxObjectBytes;
    }

    enum Kind {
        FILE, EXECUTABLE, FOLDER
    }

    /** A file or folder in a tree; links and submodules are left out. */
    record Child(String name, Kind kind, ObjectId id) {}

    /**
     * Return what is in a tree by name, sorted as {@link Snapshot#list} promises.
     *
     * @param depth how many folders are above it
     */
    SequencedMap<String, Child> children(ObjectId tree, int depth) throws IOException {
        checkDepth(depth);
        List<Child> children = new ArrayList<>();
        try (BareRepository.Lease lease = repository.lease();
                ObjectReader reader = lease.repository().newObjectReader()) {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(bytes(reader.open(tree, Constants.OBJ_TREE)));
            for (; !parser.eof(); parser.next()) {
                Kind kind = kind(parser.getEntryFileMode());
                String name = parser.getEntryPathString();
                // A hostile tree can name anything; such a name is no file on any disk either.
                if (kind != null && !NEVER_A_FILE.contains(name) && name.length() <= MAX_NAME
                        && name.indexOf('/') < 0) {
                    children.add(new Child(name, kind, parser.getEntryObjectId()));
                }
            }
        } catch (IOException unreadable) {
            throw repository.damagedBy(unreadable);
        }
        children.sort(BY_NAME);
        SequencedMap<String, Child> byName = new LinkedHashMap<>(children.size() * 2);
        children.forEach(child -> byName.putIfAbsent(child.name(), child));
        return Collections.unmodifiableSequencedMap(byName);
    }

    static void checkDepth(int depth) throws TooLargeException {
        if (depth > MAX_DEPTH) {
            throw new TooLargeException("The tree is nested deeper than " + MAX_DEPTH + " folders");
        }
    }

    private static byte[] bytes(ObjectLoader tree) throws IOException {
        if (tree.getSize() > MAX_FOLDER_BYTES) {
            throw new TooLargeException("A folder's names exceed the limit of " + MAX_FOLDER_BYTES + " bytes");
        }
        return tree.getCachedBytes(MAX_FOLDER_BYTES);
    }

    private static @Nullable Kind kind(FileMode mode) {
        if (mode.equals(FileMode.TREE)) {
            return Kind.FOLDER;
        }
        if (mode.equals(FileMode.EXECUTABLE_FILE)) {
            return Kind.EXECUTABLE;
        }
        return mode.equals(FileMode.REGULAR_FILE) ? Kind.FILE : null;
    }

    byte[] read(ObjectId blob) throws IOException {
        try (BareRepository.Lease lease = repository.lease();
                ObjectReader reader = lease.repository().newObjectReader()) {
            ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
            if (loader.getSize() > maxObjectBytes) {
                throw new TooLargeException("A file of " + loader.getSize() + " bytes exceeds the limit of "
                        + maxObjectBytes + " bytes");
            }
            return loader.getCachedBytes((int) Math.min(maxObjectBytes, Integer.MAX_VALUE - 16));
        } catch (TooLargeException tooLarge) {
            throw tooLarge;
        } catch (IOException unreadable) {
            throw repository.damagedBy(unreadable);
        }
    }

    long size(ObjectId blob) throws IOException {
        try (BareRepository.Lease lease = repository.lease();
                ObjectReader reader = lease.repository().newObjectReader()) {
            return reader.getObjectSize(blob, Constants.OBJ_BLOB);
        } catch (IOException unreadable) {
            throw repository.damagedBy(unreadable);
        }
    }

    /** Open a blob; the stream keeps the repository open until it is closed. */
    BlobStream open(ObjectId blob) throws IOException {
        BareRepository.Lease lease = repository.lease();
        ObjectReader reader = lease.repository().newObjectReader();
        try {
            ObjectStream stream = reader.open(blob, Constants.OBJ_BLOB).openStream();
            return new BlobStream(stream, stream.getSize(), () -> {
                reader.close();
                lease.close();
            });
        } catch (IOException unreadable) {
            reader.close();
            lease.close();
            throw repository.damagedBy(unreadable);
        }
    }

    /** Return the patterns of a folder's own file, empty if it has none. */
    List<IgnorePattern> patterns(Map<String, Child> children, List<String> folder) throws IOException {
        Child file = children.get(IgnoreFiles.NAME);
        if (file == null || file.kind() == Kind.FOLDER) {
            return List.of();
        }
        if (size(file.id()) > MAX_IGNORE_BYTES) {
            throw new TooLargeException(String.join("/", SnapshotPath.append(folder, IgnoreFiles.NAME))
                    + " exceeds the limit of " + MAX_IGNORE_BYTES + " bytes");
        }
        return List.copyOf(IgnoreFiles.read(read(file.id()), folder));
    }

    /** Say whether any folder of the tree has a pattern; each tree is read once, however often it is named. */
    boolean hasPatterns(ObjectId tree, int depth) throws IOException {
        if (withoutPatterns.contains(tree)) {
            return false;
        }
        Map<String, Child> children = children(tree, depth);
        if (!patterns(children, List.of()).isEmpty()) {
            return true;
        }
        Set<ObjectId> folders = children.values()
                .stream()
                .filter(child -> child.kind() == Kind.FOLDER)
                .map(Child::id)
                .collect(Collectors.toSet());
        for (ObjectId folder : folders) {
            if (hasPatterns(folder, depth + 1)) {
                return true;
            }
        }
        if (withoutPatterns.size() >= REMEMBERED_TREES) {
            withoutPatterns.clear();
        }
        withoutPatterns.add(tree);
        return false;
    }
}
