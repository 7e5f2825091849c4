package dev.tenantry.testkit.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a {@link GitServer}, changed in code: files are staged one by one, then committed to the branch that is
 * checked out ({@code main} at first). Times go on by a second with each commit, so ids are the same in each run.
 */
public final class TestRepository implements AutoCloseable {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Repository repository;
    private final URI url;
    /** Writes one pack for each commit; thousands of single files would take long. */
    private final ObjectInserter inserter;
    private final Map<String, Staged> files = new TreeMap<>();
    private final List<Runnable> pushListeners = new CopyOnWriteArrayList<>();
    private String branch = "main";
    private PersonIdent author = new PersonIdent("Ada Author", "ada@example.org", EPOCH, ZoneOffset.UTC);
    private int commits;

    private record Staged(FileMode mode, ObjectId id) {}

    private TestRepository(Repository repository, URI url) {
        this.repository = repository;
        this.url = url;
        this.inserter = ((ObjectDirectory) repository.getObjectDatabase()).newPackInserter();
    }

    static TestRepository create(Path directory, URI url) {
        try {
            Repository repository = new RepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
            repository.create(true);
            repository.getConfig().setBoolean("core", null, "logAllRefUpdates", false);
            repository.getConfig().setBoolean("uploadpack", null, "allowReachableSHA1InWant", true);
            repository.getConfig().save();
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
            return new TestRepository(repository, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Repository open() {
        repository.incrementOpen();
        return repository;
    }

    /** Return where it can be cloned from. */
    public URI url() {
        return url;
    }

    /** Return where it is on disk, for those who want to do it harm. */
    public Path directory() {
        return repository.getDirectory().toPath();
    }

    /** Stage a text file. */
    public TestRepository file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Stage a file. */
    public TestRepository file(String path, byte[] content) {
        return stage(path, FileMode.REGULAR_FILE, insert(content));
    }

    /** Stage an executable text file. */
    public TestRepository executable(String path, String content) {
        return stage(path, FileMode.EXECUTABLE_FILE, insert(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Stage a symbolic link. */
    public TestRepository symlink(String path, String target) {
        return stage(path, FileMode.SYMLINK, insert(target.getBytes(StandardCharsets.UTF_8)));
    }

    /** Stage a submodule at a commit, given by 40 hexadecimal digits. */
    public TestRepository submodule(String path, String commit) {
        return stage(path, FileMode.GITLINK, ObjectId.fromString(commit));
    }

    /** Stage a file of bytes that do not compress, without holding it in memory. */
    public TestRepository randomFile(String path, long size) {
        try {
            return stage(path, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, size, new RandomBytes(size)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remove a file, or a folder with all that is in it. */
    public TestRepository delete(String path) {
        files.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
        return this;
    }

    /** Commit as somebody from now on. */
    public TestRepository author(String name, String email) {
        author = new PersonIdent(name, email, EPOCH, ZoneOffset.UTC);
        return this;
    }

    /** Commit what is staged to the branch that is checked out; return the commit's id. */
    public String commit(String message) {
        try {
            ObjectId head = repository.resolve(Constants.R_HEADS + branch);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(writeTree());
            if (head != null) {
                commit.setParentId(head);
            }
            PersonIdent now = new PersonIdent(author, EPOCH.plusSeconds(++commits));
            commit.setAuthor(now);
            commit.setCommitter(now);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            update(Constants.R_HEADS + branch, id);
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Check out a branch; one that does not exist begins at the last one's commit. */
    public TestRepository checkout(String name) {
        try {
            ObjectId there = repository.resolve(Constants.R_HEADS + name);
            ObjectId here = repository.resolve(Constants.R_HEADS + branch);
            branch = name;
            if (there == null && here != null) {
                update(Constants.R_HEADS + name, here);
            } else {
                read(there);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Move the branch that is checked out to any commit, as a forced push does, with its files staged. */
    public TestRepository reset(String commit) {
        try {
            ObjectId id = ObjectId.fromString(commit);
            update(Constants.R_HEADS + branch, id);
            read(id);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Point any reference, by its full name, to a commit. */
    public TestRepository reference(String fullName, String commit) {
        try {
            update(fullName, ObjectId.fromString(commit));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tag a commit with a light tag; an existing tag is moved. */
    public TestRepository tag(String name, String commit) {
        return reference(Constants.R_TAGS + name, commit);
    }

    /** Tag a commit with an annotated tag; an existing tag is moved. */
    public TestRepository annotatedTag(String name, String commit) {
        try {
            TagBuilder tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setTagger(author);
            tag.setMessage("Tag " + name);
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return reference(Constants.R_TAGS + name, id.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Delete a branch. */
    public TestRepository deleteBranch(String name) {
        try {
            RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
            update.setForceUpdate(true);
            update.delete();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the commit that a branch is at; null if there is no such branch. */
    public @Nullable String head(String name) {
        try {
            ObjectId id = repository.resolve(Constants.R_HEADS + name);
            return id == null ? null : id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Call somebody after each push that came over HTTP. */
    public TestRepository onPush(Runnable listener) {
        pushListeners.add(listener);
        return this;
    }

    void pushed() {
        pushListeners.forEach(Runnable::run);
    }

    private TestRepository stage(String path, FileMode mode, ObjectId id) {
        files.put(path, new Staged(mode, id));
        return this;
    }

    private ObjectId insert(byte[] content) {
        try {
            return inserter.insert(Constants.OBJ_BLOB, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectId writeTree() throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        files.forEach((path, staged) -> {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(staged.mode);
            entry.setObjectId(staged.id);
            builder.add(entry);
        });
        builder.finish();
        return index.writeTree(inserter);
    }

    private void read(ObjectId commit) throws IOException {
        files.clear();
        try (RevWalk commits = new RevWalk(repository); TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(commits.parseCommit(commit).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                files.put(tree.getPathString(), new Staged(tree.getFileMode(), tree.getObjectId(0)));
            }
        }
    }

    private void update(String reference, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(reference);
        update.setNewObjectId(id);
        RefUpdate.Result result = update.forceUpdate();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
            throw new IOException("Could not move " + reference + ": " + result);
        }
    }

    @Override
    public void close() {
        inserter.close();
        repository.close();
    }
}
