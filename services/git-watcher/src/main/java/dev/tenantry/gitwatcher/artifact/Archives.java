package dev.tenantry.gitwatcher.artifact;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.CommitId;
import dev.tenantry.git.IgnoreRules;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.Snapshot;
import dev.tenantry.git.SourceId;
import dev.tenantry.git.Tarball;
import dev.tenantry.git.TooLargeException;

/**
 * Measure the archive of a revision, which is only made when someone downloads it.
 *
 * <p>Equal trees with equal rules have equal archives, so that their measure is remembered: a branch that returns to an
 * old state, or a hundred sources on one commit, cost one packing. Thread-safe.
 */
public final class Archives {

    private static final int MOST_REMEMBERED = 4096;

    private final RepositoryStore store;
    private final Map<Content, Tarball> measured = remembered();
    /** By why; they would cost as much again at each look. */
    private final Map<Content, String> tooLarge = remembered();

    public Archives(RepositoryStore store) {
        this.store = store;
    }

    /**
     * Measure the archive of a commit that the source has fetched.
     *
     * @throws NoSuchFileException if the source cannot reach the commit (any more)
     * @throws TooLargeException if the commit's tree exceeds a limit of the store
     */
    public Measured measure(SourceId source, CommitId commit, IgnoreRules rules) throws IOException {
        Snapshot snapshot = snapshot(source, commit, rules)
                .orElseThrow(() -> new NoSuchFileException(source + "@" + commit.digest()));
        Content content = new Content(snapshot.treeId(), rules.text());
        Tarball known = measured.get(content);
        if (known == null) {
            // Two looks may pack the same tree at the same time: rare, and cheaper than a lock over the packing.
            known = pack(snapshot, content);
            measured.put(content, known);
        }
        return new Measured(snapshot.treeId(), known);
    }

    private Tarball pack(Snapshot snapshot, Content content) throws IOException {
        String refused = tooLarge.get(content);
        if (refused != null) {
            throw new TooLargeException(refused);
        }
        try {
            return Tarball.measure(snapshot);
        } catch (TooLargeException e) {
            tooLarge.put(content, e.getMessage());
            throw e;
        }
    }

    private static <T> Map<Content, T> remembered() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Content, T> eldest) {
                return size() > MOST_REMEMBERED;
            }
        });
    }

    /** Give what the archive of a commit would hold; empty if the source cannot reach the commit. */
    public Optional<Snapshot> snapshot(SourceId source, CommitId commit, IgnoreRules rules) throws IOException {
        return store.snapshot(source, commit, rules);
    }

    /**
     * An archive that was measured.
     *
     * @param treeId the git id of the tree before rules
     * @param tarball digest and size
     */
    public record Measured(String treeId, Tarball tarball) {}

    private record Content(String treeId, @Nullable String rules) {}
}
