package dev.tenantry.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.SelectedReference.Absent;
import dev.tenantry.git.SelectedReference.Choice;

/** One conversation with a remote for a batch of requests: list references, fetch what is missing, move the sources. */
final class FetchRun {

    private final Repository repository;
    private final HttpExchange exchange;
    private final Remote remote;

    FetchRun(Repository repository, HttpExchange exchange, Remote remote) {
        this.repository = repository;
        this.exchange = exchange;
        this.remote = remote;
    }

    /** Return the answer for each request. References are moved only after all objects are there. */
    Map<FetchRequest, FetchResult> run(List<FetchRequest> batch) throws IOException {
        Map<FetchRequest, FetchResult> results = new LinkedHashMap<>();
        Map<FetchRequest, Choice> choices = new LinkedHashMap<>();
        Set<String> prefixes = new HashSet<>();
        batch.forEach(request -> prefixes.addAll(RemoteReferences.prefixes(request.selector())));
        try (Conversation conversation = Conversation.open(repository, exchange, remote, prefixes, 0)) {
            RemoteReferences references = conversation.references();
            Set<ObjectId> held = held();
            List<Ref> missing = new ArrayList<>();
            for (FetchRequest request : batch) {
                switch (SelectedReference.of(request, references)) {
                    case Absent absent -> results.put(request, absent.failure());
                    case Choice choice -> {
                        choices.put(request, choice);
                        missing.addAll(missing(request, choice, held));
                    }
                }
            }
            conversation.fetch(missing);
            for (Map.Entry<FetchRequest, Choice> entry : choices.entrySet()) {
                results.put(entry.getKey(), settle(entry.getKey(), entry.getValue()));
            }
        }
        return results;
    }

    /** Return what is surely complete. An object alone proves nothing: the rest of it may be collected already. */
    private Set<ObjectId> held() throws IOException {
        Set<ObjectId> held = new HashSet<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(SourceRefs.ALL)) {
            held.add(ref.getObjectId());
        }
        return held;
    }

    private List<Ref> missing(FetchRequest request, Choice choice, Set<ObjectId> held) throws IOException {
        SourceRefs refs = SourceRefs.of(request.source());
        List<Ref> missing = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            if (choice.pinned() != null && refs.find(repository, walk, choice.pinned()) != null) {
                return missing;
            }
            for (Ref candidate : choice.candidates()) {
                ObjectId target = RemoteReferences.target(candidate);
                if (!held.contains(target) && refs.find(repository, walk, new CommitId(target.name())) == null) {
                    missing.add(candidate);
                }
            }
        }
        return missing;
    }

    private FetchResult settle(FetchRequest request, Choice choice) throws IOException {
        SourceRefs refs = SourceRefs.of(request.source());
        try (RevWalk walk = new RevWalk(repository)) {
            List<RevCommit> tips = new ArrayList<>();
            Ref newest = null;
            RevCommit commit = null;
            for (Ref candidate : choice.candidates()) {
                RevCommit tip = commit(walk, candidate);
                if (tip != null) {
                    tips.add(tip);
                    boolean newer = commit == null || tip.getCommitTime() > commit.getCommitTime();
                    commit = newer ? tip : commit;
                    newest = newer ? candidate : newest;
                }
            }
            if (choice.pinned() != null) {
                commit = pinned(walk, choice.pinned(), refs, tips);
            }
            if (commit == null) {
                // Remembered, so that what does not have the commit is not fetched again at each try.
                refs.replaceSeen(repository, tips);
                return choice.noCommit(remote);
            }
            boolean changed = !commit.equals(refs.currentIn(repository));
            walk.parseBody(commit);
            walk.parseTree(commit.getTree());
            Commit described = Commits.describe(commit);
            refs.advance(repository, commit);
            refs.replaceSeen(repository, List.of());
            return new Fetched(choice.revision(newest, described.id()), described, changed);
        }
    }

    private static @Nullable RevCommit commit(RevWalk walk, Ref candidate) throws IOException {
        try {
            RevObject object = walk.peel(walk.parseAny(RemoteReferences.target(candidate)));
            return object instanceof RevCommit commit ? commit : null;
        } catch (MissingObjectException | IncorrectObjectTypeException notSent) {
            return null;
        }
    }

    /** A pinned commit must be what its branch, or any branch, leads to, as for Flux. */
    private @Nullable RevCommit pinned(RevWalk walk, CommitId id, SourceRefs refs, List<RevCommit> tips)
            throws IOException {
        RevCommit known = refs.find(repository, walk, id);
        return known != null ? known : SourceRefs.findReachable(walk, ObjectId.fromString(id.hex()), tips);
    }
}
