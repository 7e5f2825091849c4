package dev.tenantry.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Describe and compare commits. */
final class Commits {

    private static final int MAX_SUBJECT = 200;
    /** A few hundred bytes of trees can describe billions of folders without a file. */
    private static final int MOST_FOLDERS = 100_000;

    private Commits() {}

    static Commit describe(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        String name = author == null ? "" : author.getName();
        String email = author == null ? "" : author.getEmailAddress();
        String subject = commit.getShortMessage();
        return new Commit(new CommitId(commit.name()), name, email,
                subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) : subject,
                Instant.ofEpochSecond(commit.getCommitTime()));
    }

    /** Walk both trees side by side; equal folders are not entered. */
    static ChangedPaths changedPaths(Repository repository, @Nullable RevTree from, RevTree to, int limit)
            throws IOException {
        List<String> paths = new ArrayList<>();
        try (ObjectReader reader = repository.newObjectReader(); TreeWalk walk = new TreeWalk(reader)) {
            walk.setFilter(TreeFilter.ANY_DIFF);
            if (from == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(from);
            }
            walk.addTree(to);
            int folders = 0;
            while (walk.next()) {
                if (walk.isSubtree()) {
                    if (++folders > MOST_FOLDERS) {
                        return new ChangedPaths(paths, true);
                    }
                    walk.enterSubtree();
                } else if (paths.size() == limit) {
                    return new ChangedPaths(paths, true);
                } else {
                    paths.add(walk.getPathString());
                }
            }
        }
        return new ChangedPaths(paths, false);
    }
}
