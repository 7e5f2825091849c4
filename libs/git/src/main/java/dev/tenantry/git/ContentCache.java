package dev.tenantry.git;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one source in a consumer's cache: each has a reference, none has its history. Only the last few are
 * kept, since all are told to the server at each fetch; the objects of the others stay until maintenance.
 */
final class ContentCache {

    private static final String PREFIX = "refs/commits/";
    private static final int KEPT_COMMITS = 16;

    private final BareRepository repository;
    /** By when they were asked for, the latest last. */
    private final Map<CommitId, ObjectId> trees = new LinkedHashMap<>(16, 0.75f, true);

    private volatile Instant askedAt = Instant.MIN;

    ContentCache(BareRepository repository) {
        this.repository = repository;
    }

    /** Note that somebody is about to read. */
    void asked() {
        askedAt = Instant.now();
    }

    /** Tell when somebody last was. */
    Instant askedAt() {
        return askedAt;
    }

    BareRepository repository() {
        return repository;
    }

    /** Return the tree of a commit that is completely there. */
    synchronized @Nullable ObjectId tree(CommitId commit) throws IOException {
        if (!repository.exists() || repository.isDamaged()) {
            return null;
        }
        ObjectId known = trees.get(commit);
        if (known != null) {
            return known;
        }
        try (BareRepository.Lease lease = repository.lease(); RevWalk walk = new RevWalk(lease.repository())) {
            if (lease.repository().exactRef(PREFIX + commit.hex()) == null) {
                return null;
            }
            return remember(walk, commit);
        }
    }

    private ObjectId remember(RevWalk walk, CommitId commit) throws IOException {
        try {
            RevCommit found = walk.parseCommit(ObjectId.fromString(commit.hex()));
            ObjectId tree = walk.parseTree(found.getTree()).copy();
            trees.put(commit, tree);
            return tree;
        } catch (MissingObjectException | IncorrectObjectTypeException damaged) {
            repository.markDamaged();
            throw damaged;
        }
    }

    /** Make room for a new commit, in a new repository if there is none or it is damaged. */
    synchronized void prepare() throws IOException {
        if (repository.isDamaged()) {
            repository.delete();
        }
        if (!repository.exists()) {
            trees.clear();
            repository.create();
        }
    }

    /** Keep a commit that was fetched just now and drop those that were not asked for lately. */
    synchronized ObjectId keep(Repository open, CommitId commit) throws IOException {
        SourceRefs.set(open, PREFIX + commit.hex(), ObjectId.fromString(commit.hex()));
        ObjectId tree;
        try (RevWalk walk = new RevWalk(open)) {
            tree = remember(walk, commit);
        }
        while (trees.size() > KEPT_COMMITS) {
            trees.remove(trees.keySet().iterator().next());
        }
        Set<ObjectId> shallow = new HashSet<>();
        for (Ref ref : open.getRefDatabase().getRefsByPrefix(PREFIX)) {
            if (trees.containsKey(new CommitId(ref.getObjectId().name()))) {
                shallow.add(ref.getObjectId());
            } else {
                RefUpdate update = open.updateRef(ref.getName());
                update.setForceUpdate(true);
                update.delete();
            }
        }
        shallow.retainAll(open.getObjectDatabase().getShallowCommits());
        open.getObjectDatabase().setShallowCommits(shallow);
        return tree;
    }

    synchronized void delete() throws IOException {
        trees.clear();
        repository.delete();
    }
}
