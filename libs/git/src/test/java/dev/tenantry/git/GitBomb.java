package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.TreeFormatter;

import dev.tenantry.testkit.git.TestRepository;

/** A commit of a few hundred bytes whose tree has very many files: each folder names the same next one many times. */
final class GitBomb {

    private GitBomb() {}

    /** Commit {@code width} folders in each of {@code depth} levels, and as many files of this content in the last. */
    static String push(TestRepository repository, int width, int depth, String content) throws IOException {
        return push(repository, width, depth, FileMode.REGULAR_FILE,
                inserter -> inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Commit {@code width} folders in each of {@code depth} levels, and as many empty ones in the last. */
    static String pushFolders(TestRepository repository, int width, int depth) throws IOException {
        return push(repository, width, depth, FileMode.TREE, inserter -> inserter.insert(new TreeFormatter()));
    }

    private interface Insertion {
        ObjectId insert(ObjectInserter inserter) throws IOException;
    }

    private static String push(TestRepository repository, int width, int depth, FileMode last, Insertion innermost)
            throws IOException {
        try (Repository there = new RepositoryBuilder().setGitDir(repository.directory().toFile()).setBare().build();
                ObjectInserter inserter = there.newObjectInserter()) {
            ObjectId named = innermost.insert(inserter);
            FileMode mode = last;
            for (int level = 0; level <= depth; level++) {
                TreeFormatter tree = new TreeFormatter();
                for (int i = 0; i < width; i++) {
                    tree.append("n%02d".formatted(i), mode, named);
                }
                named = inserter.insert(tree);
                mode = FileMode.TREE;
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(named);
            commit.setAuthor(new PersonIdent("Ada Author", "ada@example.org"));
            commit.setCommitter(commit.getAuthor());
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = there.updateRef(Constants.R_HEADS + "main");
            update.setNewObjectId(id);
            update.forceUpdate();
            return id.name();
        }
    }
}
