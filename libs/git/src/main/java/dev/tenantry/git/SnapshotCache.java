package dev.tenantry.git;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jgit.lib.ObjectId;

/** Let those who read the same commit share what was read of its trees. */
final class SnapshotCache {

    private record Key(BareRepository repository, CommitId commit, IgnoreRules rules) {}

    private final Map<Key, Snapshot> snapshots;

    SnapshotCache(int most) {
        this.snapshots = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Snapshot> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Snapshot get(BareRepository repository, CommitId commit, ObjectId tree, IgnoreRules rules) {
        return snapshots.computeIfAbsent(new Key(repository, commit, rules),
                absent -> new TreeSnapshot(commit, tree.copy(), repository.trees(), rules));
    }
}
