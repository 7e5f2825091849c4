package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.FetchResult.NotFound;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.git.ReferenceSelector.Name;
import dev.tenantry.git.ReferenceSelector.Pinned;
import dev.tenantry.git.ReferenceSelector.SemverRange;
import dev.tenantry.git.ReferenceSelector.Tag;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

class FetchIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Branch MAIN = new Branch("main");

    @TempDir
    Path folder;

    private GitServer server;
    private TestRepository repository;
    private Remote remote;
    private RepositoryStore store;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("apps");
        remote = Remote.of(repository.url().toString());
        store = RepositoryStore.open(StoreSettings.in(folder).withInsecureHttp(true));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void aBranchIsFetchedWithItsCommitDescribed() throws Exception {
        // Given
        String id = repository.file("app/deployment.yaml", "kind: Deployment\n").commit("Add the app\n\nDetails");

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

        // Then
        CommitId commit = new CommitId(id);
        assertThat(result).isEqualTo(new Fetched(Revision.parse("main@sha1:" + id),
                new Commit(commit, "Ada Author", "ada@example.org", "Add the app",
                        Instant.parse("2026-01-01T00:00:01Z")),
                true));
        assertThat(read(commit, "app/deployment.yaml")).isEqualTo("kind: Deployment\n");
    }

    @Test
    void anUnchangedRemoteIsAskedForItsReferencesOnly() {
        // Given
        repository.file("a", "1").commit("one");
        store.fetch(remote, SOURCE, MAIN, TIMEOUT);
        server.counts().reset();

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

        // Then
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.changed()).isFalse());
        assertThat(server.counts().listings()).isEqualTo(1);
        assertThat(server.counts().fetches()).isZero();
    }

    @Test
    void onlyNewObjectsAreTransferred() throws Exception {
        // Given
        repository.randomFile("big", 500_000).file("small", "1").commit("one");
        store.fetch(remote, SOURCE, MAIN, TIMEOUT);
        server.counts().reset();
        String second = repository.file("small", "2").commit("two");

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

        // Then
        assertThat(revisionOf(result)).isEqualTo("main@sha1:" + second);
        assertThat(read(new CommitId(second), "small")).isEqualTo("2");
        assertThat(server.counts().bytesSent()).isLessThan(5_000);
        assertThat(server.counts().advertisements()).isEqualTo(1);
    }

    @Test
    void aForcedPushIsFollowedAndTheCommitBeforeStaysReadable() throws Exception {
        // Given
        String first = repository.file("a", "1").commit("one");
        String second = repository.file("a", "2").commit("two");
        store.fetch(remote, SOURCE, MAIN, TIMEOUT);
        String third = repository.reset(first).file("a", "3").commit("three");

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

        // Then
        assertThat(revisionOf(result)).isEqualTo("main@sha1:" + third);
        assertThat(read(new CommitId(third), "a")).isEqualTo("3");
        assertThat(read(new CommitId(second), "a")).isEqualTo("2");
    }

    @Test
    void aVanishedBranchIsNotFoundAndLeavesWhatWasFetched() throws Exception {
        // Given
        String id = repository.file("a", "1").commit("one");
        store.fetch(remote, SOURCE, MAIN, TIMEOUT);
        repository.checkout("other").deleteBranch("main");

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

        // Then
        assertThat(result).isEqualTo(new NotFound("branch 'main' not found in " + remote.url()));
        assertThat(store.revision(SOURCE)).contains(Revision.parse("main@sha1:" + id));
        assertThat(read(new CommitId(id), "a")).isEqualTo("1");
    }

    @Test
    void anEmptyRepositoryHasNoBranch() {
        assertThat(store.fetch(remote, SOURCE, MAIN, TIMEOUT)).isInstanceOf(NotFound.class);
    }

    @Test
    void tagsAreFollowedAlsoAnnotatedAndMoved() {
        // Given
        String first = repository.file("a", "1").commit("one");
        repository.annotatedTag("v1", first);

        // When
        FetchResult before = store.fetch(remote, SOURCE, new Tag("v1"), TIMEOUT);
        String second = repository.file("a", "2").commit("two");
        repository.tag("v1", second);
        FetchResult after = store.fetch(remote, SOURCE, new Tag("v1"), TIMEOUT);

        // Then
        assertThat(revisionOf(before)).isEqualTo("v1@sha1:" + first);
        assertThat(revisionOf(after)).isEqualTo("v1@sha1:" + second);
    }

    @Test
    void theHighestVersionInARangeWins() {
        // Given
        String first = repository.file("a", "1").commit("one");
        String second = repository.file("a", "2").commit("two");
        repository.tag("v1.9.0", first)
                .tag("1.10.0", second)
                .tag("v2.0.0", first)
                .tag("v1.11.0-rc.1", first)
                .tag("nightly", first);

        // When
        FetchResult result = store.fetch(remote, SOURCE, new SemverRange(VersionRange.parse("1.x")), TIMEOUT);

        // Then
        assertThat(revisionOf(result)).isEqualTo("1.10.0@sha1:" + second);
    }

    @Test
    void ofEqualVersionsTheNewestCommitWins() {
        // Given
        String first = repository.file("a", "1").commit("one");
        String second = repository.file("a", "2").commit("two");
        repository.tag("1.0.0+b", first).tag("1.0.0+a", second);

        // When
        FetchResult result = store.fetch(remote, SOURCE, new SemverRange(VersionRange.parse(">=1.0.0")), TIMEOUT);

        // Then
        assertThat(revisionOf(result)).isEqualTo("1.0.0+a@sha1:" + second);
    }

    @Test
    void aReferenceByNameIsWrittenInFull() {
        // Given
        String id = repository.file("a", "1").commit("one");
        repository.reference("refs/pull/420/head", id);

        // When
        FetchResult result = store.fetch(remote, SOURCE, new Name("refs/pull/420/head"), TIMEOUT);

        // Then
        assertThat(revisionOf(result)).isEqualTo("refs/pull/420/head@sha1:" + id);
    }

    @Test
    void aCommitIsPinnedWithAndWithoutItsBranch() {
        // Given
        String first = repository.file("a", "1").commit("one");
        repository.file("a", "2").commit("two");
        CommitId pinned = new CommitId(first);

        // When
        FetchResult without = store.fetch(remote, SOURCE, new Pinned(pinned, null), TIMEOUT);
        FetchResult with = store.fetch(remote, SOURCE, new Pinned(pinned, "main"), TIMEOUT);

        // Then
        assertThat(revisionOf(without)).isEqualTo("sha1:" + first);
        assertThat(revisionOf(with)).isEqualTo("main@sha1:" + first);
    }

    @Test
    void aCommitThatIsNotOnItsBranchIsNotFoundAndNotFetchedTwice() {
        // Given
        repository.file("a", "1").commit("one");
        String aside = repository.checkout("aside").file("a", "2").commit("two");
        Pinned pinned = new Pinned(new CommitId(aside), "main");

        // When
        FetchResult first = store.fetch(remote, SOURCE, pinned, TIMEOUT);
        server.counts().reset();
        FetchResult second = store.fetch(remote, SOURCE, pinned, TIMEOUT);

        // Then
        assertThat(first).isEqualTo(second)
                .isEqualTo(new NotFound("commit " + aside + " not found on branch 'main' in " + remote.url()));
        assertThat(server.counts().fetches()).isZero();
    }

    @Test
    void whatWasFetchedSurvivesARestart() throws Exception {
        // Given
        String id = repository.file("a", "1").commit("one");
        store.fetch(remote, SOURCE, MAIN, TIMEOUT);
        store.close();

        // When
        store = RepositoryStore.open(StoreSettings.in(folder).withInsecureHttp(true));

        // Then
        assertThat(store.revision(SOURCE)).contains(Revision.parse("main@sha1:" + id));
        assertThat(store.sources()).containsExactly(SOURCE);
        assertThat(read(new CommitId(id), "a")).isEqualTo("1");
        assertThat(store.sizeInBytes()).isPositive();
    }

    private String read(CommitId commit, String path) throws Exception {
        Snapshot snapshot = store.snapshot(SOURCE, commit, IgnoreRules.notGiven()).orElseThrow();
        return new String(snapshot.read(path), StandardCharsets.UTF_8);
    }

    private static String revisionOf(FetchResult result) {
        assertThat(result).isInstanceOf(Fetched.class);
        return ((Fetched) result).revision().toString();
    }
}
