package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** A store with one source, to take snapshots of commits made in code. */
final class SnapshotFixture implements AutoCloseable {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");

    final TestRepository repository;
    private final GitServer server = GitServer.start();
    private final RepositoryStore store;

    SnapshotFixture(Path folder) throws IOException {
        this(StoreSettings.in(folder));
    }

    SnapshotFixture(StoreSettings settings) throws IOException {
        repository = server.repository("apps");
        store = RepositoryStore.open(settings.withInsecureHttp(true));
    }

    Snapshot snapshot() throws IOException {
        return snapshot(null);
    }

    /** Commit what is staged and look at it through the ignore rules of a source's spec. */
    Snapshot snapshot(String specIgnore) throws IOException {
        return snapshotOf(repository.commit("a commit"), specIgnore);
    }

    /** Look at a commit that was pushed. */
    Snapshot snapshotOf(String id, String specIgnore) throws IOException {
        CommitId commit = new CommitId(id);
        store.fetch(Remote.of(repository.url().toString()), SOURCE, new Branch("main"), Duration.ofSeconds(20));
        return store.snapshot(SOURCE, commit, IgnoreRules.of(specIgnore)).orElseThrow();
    }

    ChangedPaths changedPaths(Snapshot snapshot) throws IOException {
        return store.changedPaths(SOURCE, null, snapshot.commit(), 10).orElseThrow();
    }

    /** List all files of a snapshot, and each folder with a slash at its end; a walk must lead to the same ones. */
    static List<String> paths(Snapshot snapshot) throws IOException {
        List<String> paths = new ArrayList<>();
        collect(snapshot, "", paths);
        List<String> visited = new ArrayList<>();
        snapshot.walk(new Snapshot.Visitor() {
            @Override
            public void folder(Snapshot.Entry.Folder folder) {
                visited.add(folder.path() + "/");
            }

            @Override
            public void file(Snapshot.Entry.File file, long size, InputStream content) {
                visited.add(file.path());
            }
        });
        assertThat(visited).isEqualTo(paths);
        return paths;
    }

    private static void collect(Snapshot snapshot, String folder, List<String> paths) throws IOException {
        for (Snapshot.Entry entry : snapshot.list(folder)) {
            switch (entry) {
                case Snapshot.Entry.File file -> paths.add(file.path());
                case Snapshot.Entry.Folder child -> {
                    paths.add(child.path() + "/");
                    collect(snapshot, child.path(), paths);
                }
            }
        }
    }

    @Override
    public void close() {
        store.close();
        server.close();
    }
}
