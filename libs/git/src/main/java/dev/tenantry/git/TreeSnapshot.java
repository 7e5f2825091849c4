package dev.tenantry.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.TreeReader.Child;
import dev.tenantry.git.TreeReader.Kind;

/** A snapshot of a commit in a repository; what was read of trees is kept, what was read of files is not. */
final class TreeSnapshot implements Snapshot, IgnoreFiles.Folders {

    /** Deeper than any file system's paths; a tree can nest without end. */
    private static final int MAX_DEPTH = 255;
    /** A few hundred bytes of trees can describe billions of files. */
    private static final long MAX_ENTRIES = 5_000_000;
    /** Each file of the tree is matched against each pattern. */
    private static final long MAX_IGNORE_BYTES = 256 * 1024;

    private final CommitId commit;
    private final ObjectId root;
    private final TreeReader reader;
    private final IgnoreRules rules;
    private final IgnoreFiles ignored;
    private final Map<ObjectId, SequencedMap<String, Child>> trees = new ConcurrentHashMap<>();
    private final Map<String, List<Entry>> listings = new ConcurrentHashMap<>();
    private final Map<String, List<IgnorePattern>> patterns = new ConcurrentHashMap<>();
    private final Map<String, Boolean> excludedFolders = new ConcurrentHashMap<>();
    private final AtomicLong entriesSeen = new AtomicLong();
    private volatile @Nullable Boolean anyPatterns;

    TreeSnapshot(CommitId commit, ObjectId root, TreeReader reader, IgnoreRules rules) {
        this.commit = commit;
        this.root = root;
        this.reader = reader;
        this.rules = rules;
        this.ignored = new IgnoreFiles(rules, this);
    }

    @Override
    public CommitId commit() {
        return commit;
    }

    @Override
    public String treeId() {
        return root.name();
    }

    @Override
    public Optional<Entry> entry(String path) throws IOException {
        Optional<List<String>> resolved = SnapshotPath.resolve(path);
        return resolved.isEmpty() ? Optional.empty() : entry(resolved.get());
    }

    private Optional<Entry> entry(List<String> path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(new Entry.Folder("", root.name()));
        }
        Child child = find(path);
        if (child == null || !isVisible(path, child)) {
            return Optional.empty();
        }
        return Optional.of(toEntry(String.join("/", path), child));
    }

    @Override
    public List<Entry> list(String folder) throws IOException {
        Optional<List<String>> resolved = SnapshotPath.resolve(folder);
        if (resolved.isEmpty() || !(entry(resolved.get()).orElse(null) instanceof Entry.Folder found)) {
            return List.of();
        }
        List<Entry> known = listings.get(found.path());
        if (known != null) {
            return known;
        }
        List<Entry> entries = new ArrayList<>();
        for (Child child : children(ObjectId.fromString(found.treeId()), resolved.get().size()).values()) {
            countEntry();
            if (isVisible(append(resolved.get(), child.name()), child)) {
                entries.add(toEntry(SnapshotPath.join(found.path(), child.name()), child));
            }
        }
        List<Entry> listing = List.copyOf(entries);
        listings.put(found.path(), listing);
        return listing;
    }

    @Override
    public byte[] read(String path) throws IOException {
        return reader.read(ObjectId.fromString(file(path).blobId()));
    }

    @Override
    public long size(String path) throws IOException {
        return reader.size(ObjectId.fromString(file(path).blobId()));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return reader.open(ObjectId.fromString(file(path).blobId()));
    }

    @Override
    public Optional<Set<String>> changedSince(Snapshot earlier) throws IOException {
        return earlier instanceof TreeSnapshot other && rules.equals(other.rules)
                ? new TreeDifference(other::children, this::children).between(other.root, root)
                : Optional.empty();
    }

    private Entry.File file(String path) throws IOException {
        if (entry(path).orElse(null) instanceof Entry.File file) {
            return file;
        }
        throw new NoSuchFileException(path);
    }

    private static Entry toEntry(String path, Child child) {
        return child.kind() == Kind.FOLDER
                ? new Entry.Folder(path, child.id().name())
                : new Entry.File(path, child.id().name(), child.kind() == Kind.EXECUTABLE);
    }

    private @Nullable Child find(List<String> path) throws IOException {
        ObjectId tree = root;
        for (int depth = 0; depth < path.size(); depth++) {
            Child child = children(tree, depth).get(path.get(depth));
            boolean last = depth == path.size() - 1;
            if (last || child == null) {
                return child;
            }
            if (child.kind() != Kind.FOLDER) {
                return null;
            }
            tree = child.id();
        }
        return null;
    }

    private SequencedMap<String, Child> children(ObjectId tree, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new TooLargeException("The tree is nested deeper than " + MAX_DEPTH + " folders");
        }
        SequencedMap<String, Child> known = trees.get(tree);
        if (known == null) {
            known = reader.children(tree);
            trees.put(tree, known);
        }
        return known;
    }

    private void countEntry() throws TooLargeException {
        if (entriesSeen.incrementAndGet() > MAX_ENTRIES) {
            throw new TooLargeException("The tree has more than " + MAX_ENTRIES + " files");
        }
    }

    private boolean isVisible(List<String> path, Child child) throws IOException {
        if (child.kind() != Kind.FOLDER) {
            return !ignored.excludes(path, false);
        }
        if (!ignored.excludes(path, true)) {
            return true;
        }
        // An excluded folder is there as long as something in it is included again.
        String key = String.join("/", path);
        Boolean known = excludedFolders.get(key);
        if (known == null) {
            known = anyVisibleIn(path, child.id());
            excludedFolders.put(key, known);
        }
        return known;
    }

    private boolean anyVisibleIn(List<String> folder, ObjectId tree) throws IOException {
        if (!ignored.mayIncludeBelow(folder) && !hasPatterns(folder, tree)) {
            return false;
        }
        for (Child child : children(tree, folder.size()).values()) {
            countEntry();
            if (isVisible(append(folder, child.name()), child)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> append(List<String> folder, String name) {
        List<String> path = new ArrayList<>(folder.size() + 1);
        path.addAll(folder);
        path.add(name);
        return path;
    }

    @Override
    public List<IgnorePattern> patternsOf(List<String> folder) throws IOException {
        String key = String.join("/", folder);
        List<IgnorePattern> known = patterns.get(key);
        if (known == null) {
            Child file = find(append(folder, IgnoreFiles.NAME));
            known = file == null || file.kind() == Kind.FOLDER ? List.of() : readPatterns(file, folder);
            patterns.put(key, known);
        }
        return known;
    }

    private List<IgnorePattern> readPatterns(Child file, List<String> folder) throws IOException {
        if (reader.size(file.id()) > MAX_IGNORE_BYTES) {
            throw new TooLargeException(String.join("/", append(folder, IgnoreFiles.NAME)) + " exceeds the limit of "
                    + MAX_IGNORE_BYTES + " bytes");
        }
        return List.copyOf(IgnoreFiles.read(reader.read(file.id()), folder));
    }

    @Override
    public boolean anyPatterns() throws IOException {
        Boolean known = anyPatterns;
        if (known == null) {
            known = hasPatterns(List.of(), root);
            anyPatterns = known;
        }
        return known;
    }

    private boolean hasPatterns(List<String> folder, ObjectId tree) throws IOException {
        if (reader.isKnownWithoutPatterns(tree)) {
            return false;
        }
        if (!patternsOf(folder).isEmpty()) {
            return true;
        }
        for (Child child : children(tree, folder.size()).values()) {
            if (child.kind() == Kind.FOLDER && hasPatterns(append(folder, child.name()), child.id())) {
                return true;
            }
        }
        reader.rememberWithoutPatterns(tree);
        return false;
    }
}
