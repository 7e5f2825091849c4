package dev.tenantry.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.Snapshot.Entry;
import dev.tenantry.git.Snapshot.Visitor;
import dev.tenantry.git.TreeReader.Child;
import dev.tenantry.git.TreeReader.Kind;

/** Visit once what a tree has after rules, with no more in memory than the folders above the place. */
final class TreeWalk implements IgnoreFiles.Folders {

    private final ObjectId root;
    private final TreeReader reader;
    private final IgnoreFiles ignored;
    private final TreeLimits limits;
    private final Visitor visitor;
    /** Of the folders above the place, the root's first. */
    private final List<List<IgnorePattern>> patterns = new ArrayList<>();
    private final List<Entry.Folder> above = new ArrayList<>();
    private int visited;
    private long entries;
    private long bytes;
    private @Nullable Boolean anyPatterns;

    TreeWalk(ObjectId root, TreeReader reader, IgnoreRules rules, TreeLimits limits, Visitor visitor) {
        this.root = root;
        this.reader = reader;
        this.ignored = new IgnoreFiles(rules, this);
        this.limits = limits;
        this.visitor = visitor;
    }

    void run() throws IOException {
        Map<String, Child> children = reader.children(root, 0);
        patterns.add(reader.patterns(children, List.of()));
        visit(children, List.of());
    }

    private void visit(Map<String, Child> children, List<String> folder) throws IOException {
        entries += children.size();
        if (entries > limits.entries()) {
            throw new TooLargeException("The tree has more than the limit of " + limits.entries()
                    + " files and folders; those in a folder that spec.ignore leaves out as a whole do not count");
        }
        for (Child child : children.values()) {
            List<String> path = SnapshotPath.append(folder, child.name());
            if (child.kind() == Kind.FOLDER) {
                enter(child, path);
            } else if (!ignored.excludes(path, false)) {
                visitFoldersAbove();
                visitFile(child, path);
            }
        }
    }

    private void enter(Child folder, List<String> path) throws IOException {
        boolean excluded = ignored.excludes(path, true);
        Map<String, Child> children = reader.children(folder.id(), path.size());
        patterns.add(reader.patterns(children, path));
        above.add(new Entry.Folder(String.join("/", path), folder.id().name()));
        // An excluded folder is there as long as something in it is included again.
        if (!excluded) {
            visitFoldersAbove();
        }
        if (!excluded || ignored.mayIncludeBelow(path) || reader.hasPatterns(folder.id(), path.size())) {
            visit(children, path);
        }
        above.removeLast();
        visited = Math.min(visited, above.size());
        patterns.removeLast();
    }

    private void visitFoldersAbove() throws IOException {
        while (visited < above.size()) {
            visitor.folder(above.get(visited++));
        }
    }

    private void visitFile(Child file, List<String> path) throws IOException {
        try (BlobStream content = reader.open(file.id())) {
            bytes += content.size();
            if (bytes > limits.bytes()) {
                throw new TooLargeException("The files of the tree have more than the limit of " + limits.bytes()
                        + " bytes; leave some out by spec.ignore");
            }
            visitor.file(new Entry.File(String.join("/", path), file.id().name(), file.kind() == Kind.EXECUTABLE),
                    content.size(), content);
        }
    }

    /** Only asked for a folder above the place. */
    @Override
    public List<IgnorePattern> patternsOf(List<String> folder) {
        return patterns.get(folder.size());
    }

    @Override
    public boolean anyPatterns() throws IOException {
        if (anyPatterns == null) {
            anyPatterns = reader.hasPatterns(root, 0);
        }
        return anyPatterns;
    }
}
