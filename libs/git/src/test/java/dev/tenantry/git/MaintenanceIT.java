package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** What becomes of the pack that each fetch adds, in git-watcher's store and in a consumer's cache. */
class MaintenanceIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final Branch MAIN = new Branch("main");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 55;
    private static final long NO_LIMIT = Long.MAX_VALUE;

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
        client = ContentClient
                .open(ContentClient.Settings.in(folder.resolve("cache"), () -> ContentEndpoint.TOKEN));
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
        store.close();
        server.close();
    }

    @Test
    void packsThatAFetchMayJustHaveWrittenAreLeftAlone() throws Exception {
        // Given
        for (int i = 0; i < MANY; i++) {
            commitAndFetch(i);
        }

        // When
        MaintenanceReport early = store.maintenance(HOUR);
        age(files("store", ".pack"), Duration.ofMinutes(10));
        MaintenanceReport late = store.maintenance(HOUR);
        MaintenanceReport again = store.maintenance(HOUR);

        // Then
        assertThat(early.repacked()).isZero();
        assertThat(late.repacked()).isEqualTo(1);
        assertThat(again.repacked()).isZero();
        assertThat(files("store", ".pack")).hasSize(1);
    }

    @Test
    void whatNothingRefersToAnyMoreStaysForTheGracePeriod() throws Exception {
        // Given
        commitAndFetch(0);
        String kept = repository.head("main");
        CommitId dropped = new CommitId(repository.randomFile("large", 50_000).commit("to be dropped"));
        fetch();
        repository.reset(kept);
        // A source's last two revisions stay.
        for (int i = 1; i < MANY; i++) {
            commitAndFetch(i);
        }
        age(files("store", ".pack"), Duration.ofMinutes(10));

        // When
        MaintenanceReport early = store.maintenance(HOUR);
        long sizeBefore = store.sizeInBytes();
        boolean before = isThere(dropped);
        for (int i = 0; i < MANY; i++) {
            commitAndFetch(MANY + i);
        }
        age(files("store", ""), HOUR.plusMinutes(1));
        MaintenanceReport late = store.maintenance(HOUR);

        // Then
        assertThat(List.of(early.repacked(), late.repacked())).containsOnly(1);
        assertThat(before).isTrue();
        assertThat(isThere(dropped)).isFalse();
        assertThat(sizeBefore).isGreaterThan(50_000);
        assertThat(store.sizeInBytes()).isLessThan(50_000);
    }

    @Test
    void aConsumersCacheIsRepackedAndKeepsTheCommitsOfLate() throws Exception {
        // Given
        List<CommitId> commits = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            commits.add(commitAndFetch(i));
            assertThat(content(commits.getLast())).isEqualTo("content " + i);
        }

        // When
        MaintenanceReport report = client.maintenance(Duration.ZERO, NO_LIMIT);

        // Then
        assertThat(report.repacked()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(files("cache", ".pack")).hasSize(1);
        assertThat(client.sizeInBytes()).isEqualTo(report.bytesAfter()).isLessThan(report.bytesBefore());
        int uploads = endpoint.uploads.get();
        assertThat(content(commits.getLast())).isEqualTo("content " + (MANY - 1));
        assertThat(content(commits.get(MANY - 10))).isEqualTo("content " + (MANY - 10));
        assertThat(endpoint.uploads.get()).isEqualTo(uploads);
        assertThat(content(commits.getFirst())).isEqualTo("content 0");
    }

    @Test
    void cachesThatWereNotAskedForLongestMakeRoom() throws Exception {
        // Given
        CommitId commit = new CommitId(repository.randomFile("large", 50_000).commit("large"));
        List<SourceId> sources = List.of(new SourceId("team", "first"), new SourceId("team", "second"),
                new SourceId("team", "third"));
        for (SourceId source : sources) {
            store.fetch(Remote.of(repository.url().toString()), source, MAIN, TIMEOUT);
            assertThat(read(source, commit)).isInstanceOf(ContentResult.Available.class);
        }
        read(sources.getFirst(), commit);
        Thread.sleep(2);

        // When
        MaintenanceReport tooEarly = client.maintenance(HOUR, 120_000);
        MaintenanceReport report = client.maintenance(Duration.ZERO, 120_000);

        // Then
        assertThat(tooEarly.deleted()).isZero();
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.bytesAfter()).isBetween(100_000L, 120_000L);
        int uploads = endpoint.uploads.get();
        read(sources.get(0), commit);
        read(sources.get(2), commit);
        assertThat(endpoint.uploads.get()).isEqualTo(uploads);
        assertThat(read(sources.get(1), commit)).isInstanceOf(ContentResult.Available.class);
    }

    @Test
    void fetchesAndReadsBesideAMaintenanceLoseNothing() throws Exception {
        // Given
        Duration longerThanAFetch = Duration.ofMillis(500);
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        List<CommitId> commits = new ArrayList<>();

        // When
        MaintenanceSchedule ofStore = MaintenanceSchedule.start(Duration.ofMillis(1),
                () -> store.maintenance(longerThanAFetch), report -> {
                    runs.addAndGet(report.repacked());
                    failures.addAndGet(report.failed());
                });
        MaintenanceSchedule ofClient = MaintenanceSchedule.start(Duration.ofMillis(1),
                () -> client.maintenance(longerThanAFetch, NO_LIMIT), report -> {
                    runs.addAndGet(report.repacked());
                    failures.addAndGet(report.failed());
                });
        try (ofStore; ofClient) {
            for (int i = 0; i < 40 * MANY && runs.get() < 3; i++) {
                commits.add(commitAndFetch(i));
                assertThat(content(commits.getLast())).isEqualTo("content " + i);
            }
            // The end interrupts a run that is under way, which then fails.
            assertThat(failures.get()).isZero();
        }

        // Then
        assertThat(runs.get()).isGreaterThanOrEqualTo(3);
        for (int i = 0; i < commits.size(); i++) {
            assertThat(new String(store.snapshot(SOURCE, commits.get(i), IgnoreRules.notGiven())
                    .orElseThrow()
                    .read("a"), StandardCharsets.UTF_8)).isEqualTo("content " + i);
        }
    }

    private CommitId commitAndFetch(int number) {
        String commit = repository.file("a", "content " + number).commit("commit " + number);
        fetch();
        return new CommitId(commit);
    }

    private void fetch() {
        assertThat(store.fetch(Remote.of(repository.url().toString()), SOURCE, MAIN, TIMEOUT))
                .isInstanceOf(FetchResult.Fetched.class);
    }

    private String content(CommitId commit) throws IOException {
        ContentResult result = read(SOURCE, commit);
        assertThat(result).isInstanceOf(ContentResult.Available.class);
        return new String(((ContentResult.Available) result).snapshot().read("a"), StandardCharsets.UTF_8);
    }

    private ContentResult read(SourceId source, CommitId commit) {
        return client.fetch(source, commit, List.of(endpoint.url(source)), IgnoreRules.notGiven(), TIMEOUT);
    }

    /** Look past what the source may see: is the object still on the disk? */
    private boolean isThere(CommitId commit) throws IOException {
        try (BareRepository.Lease lease = store.repositoryOf(SOURCE).lease()) {
            return lease.repository()
                    .getObjectDatabase()
                    .has(ObjectId.fromString(commit.hex()));
        }
    }

    private List<Path> files(String where, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(where))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().getParent().endsWith("objects"))
                    .filter(file -> file.toString().endsWith(suffix))
                    .toList();
        }
    }

    private static void age(List<Path> files, Duration age) throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        }
    }
}
