package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** What happens to the repositories on disk: damage, repacking, deletion. */
class StorageIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final SourceId OTHER = new SourceId("team-b", "apps");
    private static final Branch MAIN = new Branch("main");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long LARGE = 100_000;

    @TempDir
    Path folder;

    private GitServer server;
    private TestRepository repository;
    private RepositoryStore store;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("apps");
        open();
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private void open() throws IOException {
        store = RepositoryStore.open(StoreSettings.in(folder).withInsecureHttp(true));
    }

    private void reopen(long fetchBytes, long repositoryBytes) throws IOException {
        store.close();
        store = RepositoryStore.open(StoreSettings.in(folder)
                .withInsecureHttp(true)
                .withLimits(fetchBytes, fetchBytes, repositoryBytes));
    }

    private FetchResult fetch(SourceId source) {
        return store.fetch(Remote.of(repository.url().toString()), source, MAIN, TIMEOUT);
    }

    @Test
    void aRepositoryWithoutItsPacksIsFetchedAnewForAllItsSources() throws Exception {
        // Given
        CommitId commit = new CommitId(repository.file("a", "1").commit("one"));
        fetch(SOURCE);
        fetch(OTHER);
        store.close();
        for (Path pack : packs()) {
            Files.delete(pack);
        }
        open();

        // When
        FetchResult result = fetch(SOURCE);

        // Then
        assertThat(result).isInstanceOf(Fetched.class);
        assertThat(text(SOURCE, commit, "a")).isEqualTo("1");
        assertThat(text(OTHER, commit, "a")).isEqualTo("1");
    }

    @Test
    void damageThatAReaderMeetsIsRepairedByTheNextFetchThoughTheRemoteIsUnchanged() throws Exception {
        // Given
        CommitId commit = new CommitId(repository.randomFile("a", 10_000).commit("one"));
        fetch(SOURCE);
        store.close();
        damageContent();
        open();
        Snapshot damaged = store.snapshot(SOURCE, commit, IgnoreRules.notGiven()).orElseThrow();
        assertThat(readable(damaged)).isFalse();

        // When
        FetchResult result = fetch(SOURCE);

        // Then
        assertThat(result).isInstanceOf(Fetched.class);
        assertThat(readable(store.snapshot(SOURCE, commit, IgnoreRules.notGiven()).orElseThrow())).isTrue();
    }

    @Test
    void aRepositoryThatIsNoneIsFetchedAnew() throws Exception {
        // Given
        CommitId commit = new CommitId(repository.file("a", "1").commit("one"));
        fetch(SOURCE);
        store.close();
        try (Stream<Path> files = Files.walk(folder.resolve("repositories"))) {
            for (Path file : files.filter(path -> path.endsWith("config")).toList()) {
                Files.writeString(file, "[core\nrepositoryformatversion = 99");
            }
        }
        open();

        // When
        FetchResult result = fetch(SOURCE);

        // Then
        assertThat(result).isInstanceOf(Fetched.class);
        assertThat(text(SOURCE, commit, "a")).isEqualTo("1");
    }

    @Test
    void manySmallPacksBecomeOneAndEverythingStaysReadable() throws Exception {
        // Given
        CommitId first = null;
        CommitId last = null;
        for (int i = 0; i < 55; i++) {
            last = new CommitId(repository.file("a", "content " + i).commit("commit " + i));
            first = first == null ? last : first;
            fetch(SOURCE);
        }
        Snapshot before = store.snapshot(SOURCE, last, IgnoreRules.notGiven()).orElseThrow();

        // When
        MaintenanceReport report = store.maintenance(Duration.ZERO);

        // Then
        assertThat(report.repacked()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(report.bytesAfter()).isLessThan(report.bytesBefore()).isEqualTo(store.sizeInBytes());
        assertThat(packs()).hasSize(1);
        assertThat(new String(before.read("a"), StandardCharsets.UTF_8)).isEqualTo("content 54");
        assertThat(text(SOURCE, first, "a")).isEqualTo("content 0");
    }

    @Test
    void aForgottenSourcesRepositoryIsDeletedAfterTheGracePeriod() throws Exception {
        // Given
        CommitId commit = new CommitId(repository.file("a", "1").commit("one"));
        fetch(SOURCE);

        // When
        store.forget(SOURCE);
        MaintenanceReport early = store.maintenance(Duration.ofHours(1));
        MaintenanceReport late = store.maintenance(Duration.ZERO);

        // Then
        assertThat(store.snapshot(SOURCE, commit, IgnoreRules.notGiven())).isEmpty();
        assertThat(store.sources()).isEmpty();
        assertThat(early.deleted()).isZero();
        assertThat(late.deleted()).isEqualTo(1);
        assertThat(store.sizeInBytes()).isZero();
    }

    @Test
    void historiesThatWereReplacedMakeRoomForTheNext() throws Exception {
        // Given
        reopen(LARGE + LARGE / 2, 3 * LARGE + LARGE / 2);
        String first = repository.file("a", "1").commit("one");

        // When
        List<FetchResult> results = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            repository.reset(first).randomFile("large", LARGE + i).commit("history " + i);
            results.add(fetch(SOURCE));
        }

        // Then
        assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(Fetched.class));
        assertThat(store.sizeInBytes()).isLessThan(3 * LARGE + LARGE / 2);
    }

    @Test
    void aRepositoryThatExceedsTheLimitByWhatNothingRefersToIsFetchedInto() throws Exception {
        // Given
        String first = repository.file("a", "1").commit("one");
        for (int i = 0; i < 5; i++) {
            repository.reset(first).randomFile("large", LARGE + i).commit("history " + i);
            fetch(SOURCE);
        }
        reopen(LARGE + LARGE / 2, 4 * LARGE);

        // When
        FetchResult result = fetch(SOURCE);

        // Then
        assertThat(result).isInstanceOf(Fetched.class);
        assertThat(store.sizeInBytes()).isLessThan(3 * LARGE);
    }

    @Test
    void aRepositoryThatIsTooLargeWithAllThatIsUsedIsCollectedOnce() throws Exception {
        // Given
        repository.randomFile("large", 2 * LARGE).commit("one");
        fetch(SOURCE);
        reopen(LARGE, LARGE);

        // When
        FetchResult first = fetch(SOURCE);
        List<Path> packs = packs();
        FileTime collected = Files.getLastModifiedTime(packs.getFirst());
        FetchResult second = fetch(SOURCE);

        // Then
        assertThat(List.of(first, second)).allSatisfy(
                result -> assertThat(result).isInstanceOfSatisfying(FetchResult.GitOperationFailed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(FetchResult.Cause.TOO_LARGE)));
        assertThat(packs()).isEqualTo(packs);
        assertThat(Files.getLastModifiedTime(packs.getFirst())).isEqualTo(collected);
    }

    @Test
    void maintenanceMakesRoomInARepositoryNearItsLimit() throws Exception {
        // Given
        reopen(LARGE + LARGE / 2, 6 * LARGE);
        String first = repository.file("a", "1").commit("one");
        for (int i = 0; i < 5; i++) {
            repository.reset(first).randomFile("large", LARGE + i).commit("history " + i);
            fetch(SOURCE);
        }

        // When
        MaintenanceReport early = store.maintenance(Duration.ofHours(1));
        MaintenanceReport late = store.maintenance(Duration.ZERO);
        MaintenanceReport again = store.maintenance(Duration.ZERO);

        // Then
        assertThat(List.of(early.repacked(), late.repacked(), again.repacked())).containsExactly(0, 1, 0);
        assertThat(late.bytesAfter()).isLessThan(3 * LARGE);
    }

    @Test
    void moreRepositoriesThanAreKeptOpenAreServed() throws Exception {
        // Given
        for (int i = 0; i < 80; i++) {
            TestRepository each = server.repository("repository-" + i);
            each.file("a", "content " + i).commit("one");
            store.fetch(Remote.of(each.url().toString()), new SourceId("team", "source-" + i), MAIN, TIMEOUT);
        }

        // When
        Revision first = store.revision(new SourceId("team", "source-0")).orElseThrow();

        // Then
        assertThat(text(new SourceId("team", "source-0"), first.commit(), "a")).isEqualTo("content 0");
    }

    @Test
    void theFilesThatChangedAreListed() throws Exception {
        // Given
        CommitId first = new CommitId(repository.file("a/x", "1").file("b/y", "1").file("c", "1").commit("one"));
        CommitId second = new CommitId(repository.file("a/x", "2").delete("b").file("d", "1").commit("two"));
        CommitId third = new CommitId(repository.file("d", "2").commit("three"));
        fetch(SOURCE);

        // Then
        assertThat(store.changedPaths(SOURCE, null, second, 10))
                .contains(new ChangedPaths(List.of("a/x", "b/y", "d"), false));
        assertThat(store.changedPaths(SOURCE, first, third, 2)).contains(new ChangedPaths(List.of("a/x", "b/y"), true));
        assertThat(store.changedPaths(SOURCE, null, first, 10))
                .contains(new ChangedPaths(List.of("a/x", "b/y", "c"), false));
    }

    private String text(SourceId source, CommitId commit, String path) throws IOException {
        return new String(store.snapshot(source, commit, IgnoreRules.notGiven()).orElseThrow().read(path),
                StandardCharsets.UTF_8);
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("repositories"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).toList();
        }
    }

    /** Overwrite the middle of the pack, where the only large file is. */
    private void damageContent() throws IOException {
        Path pack = packs().getFirst();
        byte[] bytes = Files.readAllBytes(pack);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 2000; i++) {
            bytes[i] ^= 0x55;
        }
        pack.toFile().setWritable(true);
        Files.write(pack, bytes);
    }

    private static boolean readable(Snapshot snapshot) {
        try {
            snapshot.read("a");
            return true;
        } catch (IOException damaged) {
            return false;
        }
    }
}
