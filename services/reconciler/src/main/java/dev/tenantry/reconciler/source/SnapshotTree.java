package dev.tenantry.reconciler.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import dev.tenantry.git.Snapshot;
import dev.tenantry.reconciler.build.SourceTree;

/** A git snapshot as the tree that builds read. */
final class SnapshotTree implements SourceTree {

    private static final int REGULAR = 0100644;
    private static final int EXECUTABLE = 0100755;

    private final Snapshot snapshot;

    SnapshotTree(Snapshot snapshot) {
        this.snapshot = snapshot;
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
