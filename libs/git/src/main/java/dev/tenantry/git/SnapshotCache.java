package dev.tenantry.git;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

import org.eclipse.jgit.lib.ObjectId;

/** Let those who read the same commit share what was read of its trees. */
final class SnapshotCache {

    private static final int MOST_SNAPSHOTS = 32;

    private record Key(BareRepository repository, CommitId commit, IgnoreRules rules) {}

    private final TreeLimits limits;
    private final SequencedMap<Key, TreeSnapshot> snapshots = new LinkedHashMap<>(16, 0.75f, true);

    /** @param limits of each snapshot, and of what all keep */
    SnapshotCache(TreeLimits limits) {
        this.limits = limits;
    }

    synchronized Snapshot get(BareRepository repository, CommitId commit, ObjectId tree, IgnoreRules rules) {
        TreeSnapshot snapshot = snapshots.computeIfAbsent(new Key(repository, commit, rules),
                absent -> new TreeSnapshot(commit, tree.copy(), repository.trees(), rules, limits));
        while (snapshots.size() > 1 && (snapshots.size() > MOST_SNAPSHOTS || kept() > limits.keptByAll())) {
            snapshots.pollFirstEntry().getValue().forget();
        }
        return snapshot;
    }

    private long kept() {
        return snapshots.values().stream().mapToLong(TreeSnapshot::kept).sum();
    }
}
