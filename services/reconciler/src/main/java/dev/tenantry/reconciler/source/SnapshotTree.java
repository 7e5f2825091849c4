package dev.tenantry.reconciler.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.git.Snapshot;
import dev.tenantry.reconciler.build.SourceTree;

/** A git snapshot as the tree that builds read. */
final class SnapshotTree implements SourceTree {

    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotTree.class);
    private static final int REGULAR = 0100644;
    private static final int EXECUTABLE = 0100755;

    private final Snapshot snapshot;
    private final @Nullable Changes changes;

    private SnapshotTree(Snapshot snapshot, @Nullable Changes changes) {
        this.snapshot = snapshot;
        this.changes = changes;
    }

    /** What has changed since a revision; it holds nothing of the tree of that. */
    private record Changes(String since, Set<String> paths) {}

    static SnapshotTree of(Snapshot snapshot) {
        return new SnapshotTree(snapshot, null);
    }

    /** Give the tree of another revision, which knows what has changed since this one. */
    SnapshotTree followedBy(Snapshot next, String revision) {
        return new SnapshotTree(next, changes(next, revision));
    }

    /** Give this tree read by another snapshot of the same revision. */
    SnapshotTree readBy(Snapshot same) {
        return same == snapshot ? this : new SnapshotTree(same, changes);
    }

    private @Nullable Changes changes(Snapshot next, String revision) {
        try {
            return next.changedSince(snapshot).map(paths -> new Changes(revision, paths)).orElse(null);
        } catch (IOException e) {
            // Of the earlier one not everything is kept any more: each answer is asked for anew.
            LOGGER.debug("what has changed is not known since={}", revision, e);
            return null;
        }
    }

    @Override
    public Optional<Set<String>> changedSince(String revision) {
        return changes != null && changes.since().equals(revision) ? Optional.of(changes.paths()) : Optional.empty();
    }

    @Override
    public Optional<Entry> entry(String path) throws IOException {
        return snapshot.entry(path).map(SnapshotTree::convert);
    }

    @Override
    public List<Entry> list(String folder) throws IOException {
        return snapshot.list(folder).stream().map(SnapshotTree::convert).toList();
    }

    @Override
    public long size(String path) throws IOException {
        return snapshot.size(path);
    }

    @Override
    public byte[] read(String path) throws IOException {
        return snapshot.read(path);
    }

    private static Entry convert(Snapshot.Entry entry) {
        return switch (entry) {
            case Snapshot.Entry.File file ->
                new File(file.name(), file.blobId(), file.executable() ? EXECUTABLE : REGULAR);
            case Snapshot.Entry.Folder folder -> new Folder(folder.name());
        };
    }
}
