package dev.tenantry.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.TreeReader.Child;
import dev.tenantry.git.TreeReader.Kind;

/** Find the paths at which two trees may answer otherwise, going only into folders that differ. */
final class TreeDifference {

    /** Beyond it, asking each path anew is as good. */
    private static final int MOST_PATHS = 50_000;

    private final Trees before;
    private final Trees after;
    private final Set<String> changed = new HashSet<>();
    private boolean comparable = true;

    /** Reads what is in a tree. */
    interface Trees {

        /** @param depth how many folders are above it */
        SequencedMap<String, Child> children(ObjectId tree, int depth) throws IOException;
    }

    TreeDifference(Trees before, Trees after) {
        this.before = before;
        this.after = after;
    }

    /** As {@link Snapshot#changedSince}, under the same rules of {@code spec.ignore}. */
    Optional<Set<String>> between(ObjectId rootBefore, ObjectId rootAfter) throws IOException {
        compare("", rootBefore, rootAfter, 0);
        return comparable ? Optional.of(Set.copyOf(changed)) : Optional.empty();
    }

    private void compare(String folder, ObjectId treeBefore, ObjectId treeAfter, int depth) throws IOException {
        if (treeBefore.equals(treeAfter)) {
            return;
        }
        Map<String, Child> old = before.children(treeBefore, depth);
        Map<String, Child> now = after.children(treeAfter, depth);
        Set<String> names = new HashSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            if (!comparable) {
                return;
            }
            compare(folder, old.get(name), now.get(name), depth);
        }
    }

    private void compare(String folder, @Nullable Child old, @Nullable Child now, int depth) throws IOException {
        if (old != null && now != null && isFolder(old) == isFolder(now)) {
            String path = SnapshotPath.join(folder, now.name());
            if (isFolder(now)) {
                compare(path, old.id(), now.id(), depth + 1);
            } else if (!old.equals(now)) {
                add(path);
            }
            return;
        }
        addFoldersTo(folder);
        if (old != null) {
            addAll(folder, old, before, depth);
        }
        if (now != null) {
            addAll(folder, now, after, depth);
        }
    }

    /** Adds what came or went, with all that is in it. */
    private void addAll(String folder, Child child, Trees trees, int depth) throws IOException {
        String path = SnapshotPath.join(folder, child.name());
        add(path);
        if (isFolder(child)) {
            for (Child inside : trees.children(child.id(), depth + 1).values()) {
                if (!comparable) {
                    return;
                }
                addAll(path, inside, trees, depth + 1);
            }
        }
    }

    private void addFoldersTo(String folder) {
        String path = folder;
        while (changed.add(path) && !path.isEmpty()) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }

    private void add(String path) {
        changed.add(path);
        // Another file of patterns may change what is there anywhere below it.
        boolean patterns = path.equals(IgnoreFiles.NAME) || path.endsWith("/" + IgnoreFiles.NAME);
        comparable &= !patterns && changed.size() <= MOST_PATHS;
    }

    private static boolean isFolder(Child child) {
        return child.kind() == Kind.FOLDER;
    }
}
