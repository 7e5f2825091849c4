package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.FetchResult.AuthenticationFailed;
import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitFault;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** Who shares a repository and a fetch, and what they may not see of each other. */
class SharingIT {

    private static final SourceId ONE = new SourceId("team-a", "apps");
    private static final SourceId TWO = new SourceId("team-b", "apps");
    private static final Branch MAIN = new Branch("main");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Credentials OWN = new Credentials.Basic("ada", "secret-password");

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
    void sourcesWithEqualRemotesShareARepository() throws Exception {
        // Given
        repository.file("a", "1").commit("one");
        store.fetch(remote, ONE, MAIN, TIMEOUT);
        server.counts().reset();

        // When
        FetchResult result = store.fetch(remote, TWO, MAIN, TIMEOUT);

        // Then
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.changed()).isTrue());
        assertThat(server.counts().fetches()).isZero();
        assertThat(repositories()).hasSize(1);
    }

    @Test
    void whoHasOtherCredentialsHasAnotherRepository() throws Exception {
        // Given
        server.allow("ada", "secret-password");
        String id = repository.file("a", "1").commit("one");
        store.fetch(remote.withCredentials(OWN), ONE, MAIN, TIMEOUT);

        // When
        FetchResult without = store.fetch(remote, TWO, MAIN, TIMEOUT);

        // Then
        assertThat(without).isInstanceOf(AuthenticationFailed.class);
        assertThat(store.snapshot(TWO, new CommitId(id), IgnoreRules.notGiven())).isEmpty();
        assertThat(repositories()).hasSize(2);
    }

    @Test
    void nothingOnDiskTellsCredentials() throws Exception {
        // Given
        server.allow("ada", "secret-password");
        repository.file("a", "1").commit("one");
        Remote guarded = remote.withCredentials(OWN);

        // When
        store.fetch(guarded, ONE, MAIN, TIMEOUT);

        // Then
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> {
                assertThat(file.toString()).doesNotContain(guarded.key().hex().substring(0, 12));
                assertThat(new String(Files.readAllBytes(file))).doesNotContain("secret-password");
            });
        }
        assertThat(guarded.toString()).doesNotContain("secret-password");
    }

    @Test
    void aCommitOfAnotherSourceInTheSameRepositoryStaysUnseen() throws Exception {
        // Given
        repository.file("a", "1").commit("one");
        String secret = repository.checkout("secret").file("a", "2").commit("two");
        store.fetch(remote, ONE, new Branch("secret"), TIMEOUT);

        // When
        store.fetch(remote, TWO, MAIN, TIMEOUT);

        // Then
        CommitId commit = new CommitId(secret);
        assertThat(store.snapshot(ONE, commit, IgnoreRules.notGiven())).isPresent();
        assertThat(store.snapshot(TWO, commit, IgnoreRules.notGiven())).isEmpty();
        assertThat(store.commit(TWO, commit)).isEmpty();
        assertThat(store.changedPaths(TWO, null, commit, 10)).isEmpty();
    }

    @Test
    void aSourceThatChangesItsRemoteLeavesNothingBehind() throws Exception {
        // Given
        String old = repository.file("a", "1").commit("one");
        store.fetch(remote, ONE, MAIN, TIMEOUT);
        TestRepository other = server.repository("other");
        String id = other.file("b", "1").commit("elsewhere");

        // When
        store.fetch(Remote.of(other.url().toString()), ONE, MAIN, TIMEOUT);
        MaintenanceReport report = store.maintenance(Duration.ZERO);

        // Then
        assertThat(store.snapshot(ONE, new CommitId(id), IgnoreRules.notGiven())).isPresent();
        assertThat(store.snapshot(ONE, new CommitId(old), IgnoreRules.notGiven())).isEmpty();
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(repositories()).hasSize(1);
    }

    @Test
    void manyCallersForOneRemoteAreAnsweredByFewFetchesOneAtATime() throws Exception {
        // Given
        String id = repository.randomFile("a", 50_000).commit("one");
        server.injectIntoPacks(new GitFault.Slow(200_000));

        // When
        List<Future<FetchResult>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                SourceId source = new SourceId("team-" + i, "apps");
                results.add(threads.submit(() -> store.fetch(remote, source, MAIN, TIMEOUT)));
            }
        }

        // Then
        assertThat(results).allSatisfy(result -> assertThat(result.get()).isInstanceOfSatisfying(Fetched.class,
                fetched -> assertThat(fetched.revision().commit().hex()).isEqualTo(id)));
        assertThat(server.counts().fetches()).isEqualTo(1);
        assertThat(server.counts().advertisements()).isLessThanOrEqualTo(4);
        assertThat(server.counts().mostInFlight()).isEqualTo(1);
    }

    @Test
    void aPushThatWasAnnouncedBeforeTheCallIsNeverMissed() throws Exception {
        // Given: a slow fetch that looked before the push
        repository.randomFile("a", 100_000).commit("one");
        server.injectIntoPacks(new GitFault.Slow(100_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<FetchResult> early = threads.submit(() -> store.fetch(remote, ONE, MAIN, TIMEOUT));
            while (server.counts().fetches() == 0) {
                Thread.sleep(10);
            }
            String second = repository.file("b", "2").commit("two");

            // When
            FetchResult late = store.fetch(remote, TWO, MAIN, TIMEOUT);

            // Then
            assertThat(late).isInstanceOfSatisfying(Fetched.class,
                    fetched -> assertThat(fetched.revision().commit().hex()).isEqualTo(second));
            assertThat(early.get()).isInstanceOf(Fetched.class);
        }
    }

    @Test
    void oneRemoteThatStallsHoldsUpNoOther() {
        // Given
        repository.file("a", "1").commit("one");
        try (GitServer stalling = GitServer.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stalling.inject(new GitFault.StallBeforeAnswer());
            Remote stuck = Remote.of(stalling.repository("apps").url().toString());
            threads.submit(() -> store.fetch(stuck, TWO, MAIN, Duration.ofSeconds(5)));

            // When
            long start = System.nanoTime();
            FetchResult result = store.fetch(remote, ONE, MAIN, TIMEOUT);

            // Then
            assertThat(result).isInstanceOf(Fetched.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private List<Path> repositories() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("repositories"))) {
            return entries.toList();
        }
    }
}
