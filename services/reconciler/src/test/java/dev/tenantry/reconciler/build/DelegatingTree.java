package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A tree that answers as another one does, but for what a test changes. */
class DelegatingTree implements SourceTree {

    private final SourceTree tree;

    DelegatingTree(SourceTree tree) {
        this.tree = tree;
    }

    @Override
    public Optional<Entry> entry(String path) throws IOException {
        return tree.entry(path);
    }

    @Override
    public List<Entry> list(String folder) throws IOException {
        return tree.list(folder);
    }

    @Override
    public long size(String path) throws IOException {
        return tree.size(path);
    }

    @Override
    public byte[] read(String path) throws IOException {
        return tree.read(path);
    }
}
