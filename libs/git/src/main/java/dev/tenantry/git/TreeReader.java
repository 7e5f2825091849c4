package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    private static final int REMEMBERED_TREES = 100_000;

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

    /** Return what is in a tree by name, sorted as {@link Snapshot#list} promises. */
    SequencedMap<String, Child> children(ObjectId tree) throws IOException {
        List<Child> children = new ArrayList<>();
        try (BareRepository.Lease lease = repository.lease();
                ObjectReader reader = lease.repository().newObjectReader()) {
            CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
            for (; !parser.eof(); parser.next()) {
                Kind kind = kind(parser.getEntryFileMode());
                String name = parser.getEntryPathString();
                // A hostile tree can name anything; such a name is no file on any disk either.
                if (kind != null && !NEVER_A_FILE.contains(name) && name.indexOf('/') < 0) {
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

    boolean isKnownWithoutPatterns(ObjectId tree) {
        return withoutPatterns.contains(tree);
    }

    void rememberWithoutPatterns(ObjectId tree) {
        if (withoutPatterns.size() >= REMEMBERED_TREES) {
            withoutPatterns.clear();
        }
        withoutPatterns.add(tree);
    }
}
