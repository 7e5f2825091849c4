package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.ContentResult.AccessDenied;
import dev.tenantry.git.ContentResult.Available;
import dev.tenantry.git.ContentResult.NotFound;
import dev.tenantry.git.ContentResult.Unavailable;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** From a watcher's store to a consumer's cache. */
class ContentIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final SourceId OTHER = new SourceId("team-b", "apps");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final URI NOWHERE = URI.create("http://localhost:1/git/team-a/apps");

    @TempDir
    Path folder;

    private GitServer server;
    private TestRepository repository;
    private RepositoryStore store;
    private ContentEndpoint endpoint;
    private ContentClient client;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("apps");
        store = RepositoryStore.open(StoreSettings.in(folder.resolve("store")).withInsecureHttp(true));
        endpoint = new ContentEndpoint(new ContentServer(store));
        client = client(ContentEndpoint.TOKEN);
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
        store.close();
        server.close();
    }

    private ContentClient client(String token) throws Exception {
        return ContentClient.open(ContentClient.Settings.in(folder.resolve("cache"), () -> token));
    }

    @Test
    void aCommitsTreeArrivesWithoutItsHistory() throws Exception {
        // Given
        repository.randomFile("old", 300_000).commit("one");
        CommitId second = observe(repository.delete("old").file("app/a.yaml", "a: 1\n").commit("two"));

        // When
        Snapshot snapshot = available(fetch(second));

        // Then
        assertThat(text(snapshot, "app/a.yaml")).isEqualTo("a: 1\n");
        assertThat(snapshot.commit()).isEqualTo(second);
        assertThat(endpoint.bytesSent.get()).isLessThan(5_000);
    }

    @Test
    void onlyTheDeltaOfTheNextCommitIsTransferred() throws Exception {
        // Given
        CommitId first = observe(repository.randomFile("big", 300_000).file("a", "1").commit("one"));
        available(fetch(first));
        endpoint.bytesSent.set(0);
        CommitId second = observe(repository.file("a", "2").commit("two"));

        // When
        Snapshot snapshot = available(fetch(second));

        // Then
        assertThat(text(snapshot, "a")).isEqualTo("2");
        assertThat(snapshot.size("big")).isEqualTo(300_000);
        assertThat(endpoint.bytesSent.get()).isLessThan(5_000);
    }

    @Test
    void addedMovedAndDeletedFoldersArriveAsTheyAre() throws Exception {
        // Given
        CommitId first = observe(
                repository.file("apps/a/x.yaml", "x").file("apps/b/y.yaml", "y").file("z", "z").commit("one"));
        available(fetch(first));
        CommitId second = observe(repository.delete("apps/a")
                .executable("apps/b/y.yaml", "y")
                .file("moved/x.yaml", "x")
                .file("new/deep/er/file", "new")
                .commit("two"));

        // When
        Snapshot snapshot = available(fetch(second));

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("apps/", "apps/b/", "apps/b/y.yaml", "moved/",
                "moved/x.yaml", "new/", "new/deep/", "new/deep/er/", "new/deep/er/file", "z");
        assertThat(text(snapshot, "moved/x.yaml")).isEqualTo("x");
        assertThat(text(snapshot, "new/deep/er/file")).isEqualTo("new");
    }

    @Test
    void aCommitWithoutAChangeArrives() throws Exception {
        // Given
        CommitId first = observe(repository.file("a", "1").commit("one"));
        available(fetch(first));
        CommitId second = observe(repository.commit("nothing"));

        // When
        Snapshot snapshot = available(fetch(second));

        // Then
        assertThat(text(snapshot, "a")).isEqualTo("1");
        assertThat(snapshot.commit()).isEqualTo(second);
    }

    @Test
    void aForcedPushToAnOlderCommitArrives() throws Exception {
        // Given
        String first = repository.file("a", "1").file("b", "1").commit("one");
        observe(first);
        CommitId second = observe(repository.file("a", "2").commit("two"));
        available(fetch(second));
        repository.reset(first);

        // When
        Snapshot snapshot = available(fetch(observe(first)));

        // Then
        assertThat(text(snapshot, "a")).isEqualTo("1");
        assertThat(text(snapshot, "b")).isEqualTo("1");
    }

    @Test
    void manyCommitsInARowStayReadable() throws Exception {
        // Given
        List<CommitId> commits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            commits.add(observe(repository.file("dir" + i % 7 + "/a", "content " + i).commit("commit " + i)));
            available(fetch(commits.getLast()));
        }

        // When
        Snapshot last = available(fetch(commits.getLast()));
        Snapshot longAgo = available(fetch(commits.get(3)));

        // Then
        assertThat(text(last, "dir4/a")).isEqualTo("content 39");
        assertThat(text(longAgo, "dir3/a")).isEqualTo("content 3");
    }

    @Test
    void whatIsCachedNeedsNoServer() throws Exception {
        // Given
        CommitId commit = observe(repository.file("a", "1").commit("one"));
        available(fetch(commit));
        client.close();
        client = client(ContentEndpoint.TOKEN);

        // When
        ContentResult result = client.fetch(SOURCE, commit, List.of(), IgnoreRules.notGiven(), TIMEOUT);

        // Then
        assertThat(text(available(result), "a")).isEqualTo("1");
    }

    @Test
    void theNextServerIsAskedWhenOneIsGone() throws Exception {
        // Given
        CommitId commit = observe(repository.file("a", "1").commit("one"));

        // When
        ContentResult result = client.fetch(SOURCE, commit, List.of(NOWHERE, endpoint.url(SOURCE)),
                IgnoreRules.notGiven(),
                TIMEOUT);

        // Then
        assertThat(text(available(result), "a")).isEqualTo("1");
    }

    @Test
    void anUnreachableServerIsUnavailable() {
        assertThat(
                client.fetch(SOURCE, new CommitId("1".repeat(40)), List.of(NOWHERE), IgnoreRules.notGiven(), TIMEOUT))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void aWrongTokenIsDenied() throws Exception {
        // Given
        CommitId commit = observe(repository.file("a", "1").commit("one"));
        client.close();
        client = client("forged");

        // When
        ContentResult result = fetch(commit);

        // Then
        assertThat(result).isInstanceOf(AccessDenied.class);
        assertThat(result.toString()).doesNotContain("forged");
    }

    @Test
    void aCommitThatTheSourceNeverFetchedIsNotFound() throws Exception {
        // Given
        observe(repository.file("a", "1").commit("one"));

        // When
        ContentResult result = fetch(new CommitId("1".repeat(40)));

        // Then
        assertThat(result).isInstanceOf(NotFound.class);
    }

    @Test
    void anotherSourcesCommitIsNotFoundThoughTheRepositoryIsShared() throws Exception {
        // Given
        observe(repository.file("a", "1").commit("one"));
        CommitId secret = new CommitId(repository.checkout("secret").file("a", "2").commit("two"));
        store.fetch(remote(), OTHER, new Branch("secret"), TIMEOUT);

        // When
        ContentResult result = fetch(secret);
        ContentResult asOther = client.fetch(OTHER, secret, List.of(endpoint.url(OTHER)), IgnoreRules.notGiven(),
                TIMEOUT);

        // Then
        assertThat(result).isInstanceOf(NotFound.class);
        assertThat(asOther).isInstanceOf(Available.class);
        assertThat(store.snapshot(SOURCE, secret, IgnoreRules.notGiven())).isEmpty();
    }

    @Test
    void anUnknownSourceIsNotFound() {
        assertThat(
                client.fetch(OTHER, new CommitId("1".repeat(40)), List.of(endpoint.url(OTHER)), IgnoreRules.notGiven(),
                        TIMEOUT))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void callersForTheSameCommitShareOneFetch() throws Exception {
        // Given
        CommitId commit = observe(repository.randomFile("a", 100_000).commit("one"));

        // When
        List<Future<ContentResult>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                results.add(threads.submit(() -> fetch(commit)));
            }
        }

        // Then
        assertThat(results).allSatisfy(result -> assertThat(result.get()).isInstanceOf(Available.class));
        // One lists the references, one fetches.
        assertThat(endpoint.uploads.get()).isEqualTo(2);
    }

    @Test
    void aForgottenSourceIsFetchedAnew() throws Exception {
        // Given
        CommitId commit = observe(repository.file("a", "1").commit("one"));
        available(fetch(commit));

        // When
        client.forget(SOURCE);
        client.maintenance(Duration.ZERO, Long.MAX_VALUE);

        // Then
        assertThat(client.sizeInBytes()).isZero();
        assertThat(text(available(fetch(commit)), "a")).isEqualTo("1");
    }

    private CommitId observe(String commit) {
        assertThat(store.fetch(remote(), SOURCE, new Branch("main"), TIMEOUT)).isInstanceOf(FetchResult.Fetched.class);
        return new CommitId(commit);
    }

    private Remote remote() {
        return Remote.of(repository.url().toString());
    }

    private ContentResult fetch(CommitId commit) {
        return client.fetch(SOURCE, commit, List.of(endpoint.url(SOURCE)), IgnoreRules.notGiven(), TIMEOUT);
    }

    private static Snapshot available(ContentResult result) {
        assertThat(result).isInstanceOf(Available.class);
        return ((Available) result).snapshot();
    }

    private static String text(Snapshot snapshot, String path) throws Exception {
        return new String(snapshot.read(path), StandardCharsets.UTF_8);
    }
}
