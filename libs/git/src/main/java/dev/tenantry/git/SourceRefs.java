package dev.tenantry.git;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

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
 * The references that a source owns in a repository: where it is, and where it was before, since consumers may still be
 * reading that. Whatever is not reachable from them is not there for the source.
 */
final class SourceRefs {

    static final String ALL = "refs/sources/";

    private static final Duration LOCKED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private final String prefix;

    private SourceRefs(String prefix) {
        this.prefix = prefix;
    }

    static SourceRefs of(SourceId source) {
        // A dot may begin ".lock" or stand before a slash, neither of which git allows in a reference.
        return new SourceRefs(ALL + source.namespace() + "/" + source.name().replace(".", "%2e") + "/");
    }

    String prefix() {
        return prefix;
    }

    private String current() {
        return prefix + "current";
    }

    private String previous() {
        return prefix + "previous";
    }

    @Nullable
    ObjectId currentIn(Repository repository) throws IOException {
        Ref ref = repository.exactRef(current());
        return ref == null ? null : ref.getObjectId();
    }

    /** Move to a commit; what was current becomes what was before. */
    void advance(Repository repository, ObjectId commit) throws IOException {
        ObjectId old = currentIn(repository);
        if (commit.equals(old)) {
            return;
        }
        if (old != null) {
            set(repository, previous(), old);
        }
        set(repository, current(), commit);
    }

    /** Remember commits that were fetched without becoming the source's revision, in place of those before. */
    void replaceSeen(Repository repository, List<RevCommit> commits) throws IOException {
        String seen = prefix + "seen/";
        Set<String> wanted = new HashSet<>();
        for (RevCommit commit : commits) {
            wanted.add(seen + commit.name());
            set(repository, seen + commit.name(), commit);
        }
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(seen)) {
            if (!wanted.contains(ref.getName())) {
                delete(repository, ref.getName());
            }
        }
    }

    static void set(Repository repository, String name, ObjectId id) throws IOException {
        change(name, () -> {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            update.disableRefLog();
            return update.forceUpdate();
        });
    }

    void delete(Repository repository) throws IOException {
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
            delete(repository, ref.getName());
        }
    }

    private static void delete(Repository repository, String name) throws IOException {
        change(name, () -> {
            RefUpdate update = repository.updateRef(name);
            update.setForceUpdate(true);
            return update.delete();
        });
    }

    @FunctionalInterface
    private interface Change {

        RefUpdate.Result tryOnce() throws IOException;
    }

    /** Change a reference, again where maintenance has it locked, which packs references and holds each for a moment. */
    private static void change(String name, Change change) throws IOException {
        long end = System.nanoTime() + LOCKED.toNanos();
        while (true) {
            RefUpdate.Result result = change.tryOnce();
            switch (result) {
                case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
                    return;
                }
                case LOCK_FAILURE -> {
                    if (System.nanoTime() - end > 0) {
                        throw new IOException("Could not change " + name + ", which is locked for longer than "
                                + LOCKED.toSeconds() + " s");
                    }
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
                default -> throw new IOException("Could not change " + name + ": " + result);
            }
        }
    }

    /** Find a commit that the source may see. */
    @Nullable
    RevCommit find(Repository repository, RevWalk walk, CommitId id) throws IOException {
        List<RevCommit> tips = new ArrayList<>();
        ObjectId wanted = ObjectId.fromString(id.hex());
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
            RevCommit tip = walk.parseCommit(ref.getObjectId());
            if (tip.equals(wanted)) {
                return tip;
            }
            tips.add(tip);
        }
        return findReachable(walk, wanted, tips);
    }

    /** Find a commit if one of the tips leads to it. */
    static @Nullable RevCommit findReachable(RevWalk walk, ObjectId wanted, List<RevCommit> tips) throws IOException {
        RevCommit commit;
        try {
            commit = walk.parseCommit(wanted);
        } catch (MissingObjectException | IncorrectObjectTypeException unknown) {
            return null;
        }
        for (RevCommit tip : tips) {
            if (walk.isMergedInto(commit, tip)) {
                return commit;
            }
        }
        return null;
    }
}
