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

    /** A few hundred bytes of trees can describe billions of files to search for one that is included again. */
    private static final long MOST_SEARCHED = 5_000_000;

    private final CommitId commit;
    private final ObjectId root;
    private final TreeReader reader;
    private final IgnoreRules rules;
    private final TreeLimits limits;
    private final IgnoreFiles ignored;
    private final AtomicLong searched = new AtomicLong();
    private volatile Kept kept = new Kept();
    private volatile @Nullable Boolean anyPatterns;

    /** What was read of trees, with the number of entries in it. */
    private static final class Kept {

        private final Map<ObjectId, SequencedMap<String, Child>> trees = new ConcurrentHashMap<>();
        private final Map<String, List<Entry>> listings = new ConcurrentHashMap<>();
        private final Map<String, List<IgnorePattern>> patterns = new ConcurrentHashMap<>();
        private final Map<String, Boolean> excludedFolders = new ConcurrentHashMap<>();
        private final AtomicLong entries = new AtomicLong();
    }

    TreeSnapshot(CommitId commit, ObjectId root, TreeReader reader, IgnoreRules rules, TreeLimits limits) {
        this.commit = commit;
        this.root = root;
        this.reader = reader;
        this.rules = rules;
        this.limits = limits;
        this.ignored = new IgnoreFiles(rules, this);
    }

    /** Return how many entries are kept. */
    long kept() {
        return kept.entries.get();
    }

    /** Drop what is kept; whoever still reads reads it again. */
    void forget() {
        kept = new Kept();
        searched.set(0);
    }

    private <K, V> V keep(Map<K, V> where, K key, V value, int entries) {
        where.put(key, value);
        if (kept.entries.addAndGet(entries) > limits.kept()) {
            // It is read again when it is asked for; what was searched counts on, or a search might never end.
            kept = new Kept();
        }
        return value;
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
        List<Entry> known = kept.listings.get(found.path());
        if (known != null) {
            return known;
        }
        List<Entry> entries = new ArrayList<>();
        for (Child child : children(ObjectId.fromString(found.treeId()), resolved.get().size()).values()) {
            if (isVisible(SnapshotPath.append(resolved.get(), child.name()), child)) {
                entries.add(toEntry(SnapshotPath.join(found.path(), child.name()), child));
            }
        }
        return keep(kept.listings, found.path(), List.copyOf(entries), 1 + entries.size());
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
    public void walk(Visitor visitor) throws IOException {
        new TreeWalk(root, reader, rules, limits, visitor).run();
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
        TreeReader.checkDepth(depth);
        SequencedMap<String, Child> known = kept.trees.get(tree);
        if (known != null) {
            return known;
        }
        SequencedMap<String, Child> read = reader.children(tree, depth);
        return keep(kept.trees, tree, read, 1 + read.size());
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
        Boolean known = kept.excludedFolders.get(key);
        if (known != null) {
            return known;
        }
        boolean visible = anyVisibleIn(path, child.id());
        return keep(kept.excludedFolders, key, visible, 1);
    }

    private boolean anyVisibleIn(List<String> folder, ObjectId tree) throws IOException {
        if (!ignored.mayIncludeBelow(folder) && !reader.hasPatterns(tree, folder.size())) {
            return false;
        }
        for (Child child : children(tree, folder.size()).values()) {
            if (searched.incrementAndGet() > MOST_SEARCHED) {
                throw new TooLargeException("The tree has more than " + MOST_SEARCHED + " files in excluded folders");
            }
            if (isVisible(SnapshotPath.append(folder, child.name()), child)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<IgnorePattern> patternsOf(List<String> folder) throws IOException {
        String key = String.join("/", folder);
        List<IgnorePattern> known = kept.patterns.get(key);
        if (known != null) {
            return known;
        }
        List<IgnorePattern> read = readPatterns(folder);
        return keep(kept.patterns, key, read, 1 + read.size());
    }

    private List<IgnorePattern> readPatterns(List<String> folder) throws IOException {
        ObjectId tree = root;
        for (int depth = 0; depth < folder.size(); depth++) {
            Child child = children(tree, depth).get(folder.get(depth));
            if (child == null || child.kind() != Kind.FOLDER) {
                return List.of();
            }
            tree = child.id();
        }
        return reader.patterns(children(tree, folder.size()), folder);
    }

    @Override
    public boolean anyPatterns() throws IOException {
        Boolean known = anyPatterns;
        if (known == null) {
            known = reader.hasPatterns(root, 0);
            anyPatterns = known;
        }
        return known;
    }
}
